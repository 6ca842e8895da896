import pytest
from sqlite_utils import Database

from domain.visits import PERIOD, PERIODS, SUBJECT_BYTES, Limit, subject
from settings import Settings
from store import visits
from store.connection import connect

KEY = b"k" * 32
START = 1_800_000_000.0
HOUR = PERIOD * PERIODS
WHO = subject(KEY, "address", "203.0.113.7")


def limit(most: int = 3, who: bytes = WHO, kind: str = "address") -> Limit:
    return Limit(kind, who, most)


def rows(db: Database) -> list[tuple[str, bytes, int, int]]:
    return [tuple(row) for row in db.execute("SELECT kind, subject, period, visits FROM visit")]


def test_it_lets_in_so_many_within_an_hour_and_no_more(db: Database) -> None:
    assert [visits.count(db, [limit()], START + n) for n in range(3)] == [0, 0, 0]
    assert visits.count(db, [limit()], START + 3) == HOUR - 3


def test_the_seconds_it_names_are_enough_and_one_less_is_not(db: Database) -> None:
    for at in (0, PERIOD, PERIOD * 2):
        visits.count(db, [limit()], START + at)
    wait = visits.count(db, [limit()], START + PERIOD * 3)
    assert visits.count(db, [limit()], START + PERIOD * 3 + wait - 1) == 1
    assert visits.count(db, [limit()], START + PERIOD * 3 + wait) == 0


def test_refused_visits_do_not_make_the_wait_longer(db: Database) -> None:
    for n in range(50):
        visits.count(db, [limit()], START + n)
    assert visits.count(db, [limit()], START + HOUR) == 0


def test_it_counts_everybody_apart(db: Database) -> None:
    other = subject(KEY, "address", "203.0.113.8")
    assert [visits.count(db, [limit(1)], START), visits.count(db, [limit(1, other)], START)] == [0, 0]
    assert visits.count(db, [limit(1, kind="status")], START) == 0


def test_one_limit_that_is_reached_lets_the_others_count_nothing(db: Database) -> None:
    narrow, wide = limit(1, kind="mobile"), limit(10)
    visits.count(db, [narrow, wide], START)
    before = rows(db)
    assert visits.count(db, [narrow, wide], START + 1) > 0
    assert rows(db) == before


def test_a_restart_forgets_nothing(db: Database, settings: Settings) -> None:
    for _ in range(3):
        visits.count(db, [limit()], START)
    db.conn.close()
    again = connect(settings.database)
    assert visits.count(again, [limit()], START) == HOUR
    again.conn.close()


def test_old_rows_are_swept(db: Database) -> None:
    for n in range(100):
        visits.count(db, [limit(1, subject(KEY, "address", str(n)))], START)
    assert len(rows(db)) == 100
    visits.count(db, [limit()], START + HOUR)
    assert len(rows(db)) == 1


def test_a_clock_that_was_set_back_locks_nobody_out(db: Database) -> None:
    for _ in range(3):
        visits.count(db, [limit()], START + 365 * 86400)
    assert visits.count(db, [limit()], START) == 0
    assert [row[2] for row in rows(db)] == [int(START) // PERIOD]


@pytest.mark.parametrize("text", ["203.0.113.7", "13800000000"])
def test_neither_address_nor_number_can_be_read_from_it(db: Database, settings: Settings, text: str) -> None:
    visits.count(db, [limit(who=subject(KEY, "mobile", text))], START)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert text.encode() not in settings.database.read_bytes()


def test_without_the_key_a_guess_cannot_be_checked() -> None:
    assert subject(KEY, "mobile", "13800000000") != subject(b"x" * 32, "mobile", "13800000000")
    assert len(subject(KEY, "mobile", "13800000000")) == SUBJECT_BYTES


def test_what_came_lately_is_counted_for_five_to_ten_minutes(db: Database) -> None:
    for at in (0, PERIOD - 1, PERIOD):
        visits.count(db, [limit(100)], START + at)
    assert visits.recent(db, "address", WHO, START + PERIOD) == 3
    assert visits.recent(db, "address", WHO, START + 2 * PERIOD) == 1
    assert visits.recent(db, "address", WHO, START + 3 * PERIOD) == 0
