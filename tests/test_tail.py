"""A restored point, and a new machine: what the hub holds of it comes back before anything new leaves."""

import contextlib
import dataclasses
import itertools
from pathlib import Path

import pytest
from msgspec.structs import replace

from store import applications, installation, ledger, tail
from store import exchange as marks
from store import journal as point_journal
from store.backup import back_up, restore
from store.connection import connect, write
from store.rehearsal import differing
from sync.errors import ExchangeFailed
from tests.courier import Carried, carried
from tests.insurer import application
from tests.moments import Crash, Kill, copied, killable
from tests.pair import STAMP, Line, Pair, known, new_pair
from wire.entry import Entry
from wire.header import MOST_STREAMS
from wire.message import open_message


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


def restored(pair: Pair, file: Path) -> None:
    """Put the backup in the place of what is there."""
    pair.db.conn.close()
    restore(file, pair.path, "", pair.folder / f"aside-{len(list(pair.folder.iterdir()))}.db")
    pair.db = connect(pair.path)


def lost_a_day(pair: Pair, file: Path, count: int = 3) -> list[Entry]:
    """Take a backup, then *count* applications that reach the hub, then lose the disk; return all applications."""
    sent = pair.submit(2)
    pair.exchange()
    back_up(pair.db, file, "")
    sent += pair.submit(count)
    pair.exchange()
    restored(pair, file)
    return sent


def here(pair: Pair) -> list[tuple[str, int]]:
    query = "SELECT record_id, revision FROM journal WHERE kind = 'application' ORDER BY id"
    return [tuple(row) for row in pair.db.execute(query)]


def is_whole(pair: Pair, folder: Path) -> bool:
    return (point_journal.verify(pair.db), differing(pair.db, folder, "")) == ([], [])


def test_what_was_taken_after_the_backup_comes_back_confirmed(pair: Pair, tmp_path: Path):
    sent = lost_a_day(pair, tmp_path / "backup")
    assert pair.exchange().complete
    assert sorted(here(pair)) == sorted(known(sent))
    assert ledger.count(pair.db) == ledger.Ledger(total=5, confirmed=5, sent=0, pending=0)
    assert pair.at_the_hub() == known(sent)
    assert is_whole(pair, tmp_path)


def test_it_comes_back_before_anything_new_leaves(pair: Pair, tmp_path: Path):
    sent = lost_a_day(pair, tmp_path / "backup")
    sent += pair.submit(1)
    pair.line = Line(pair.hub)
    assert pair.exchange().complete
    brought = [bool(batch) for batch in pair.sent()]
    gave = [any(entry.producer == "JL" for entry in open_message(data, pair.hub.key.public).entries)
            for data in pair.line.answers]  # fmt: skip
    assert gave.index(True) < brought.index(True)
    assert not any(gave[brought.index(True) :])
    assert pair.at_the_hub() == known(sent)


def test_it_comes_back_in_as_many_answers_as_it_needs(pair: Pair, tmp_path: Path):
    sent = lost_a_day(pair, tmp_path / "backup", count=9)
    pair.hub = dataclasses.replace(pair.hub, settings=dataclasses.replace(pair.hub.settings, reply_entries=2))
    pair.line = Line(pair.hub)
    assert pair.exchange().complete
    assert len(pair.line.answers) > 4
    assert sorted(here(pair)) == sorted(known(sent))


def test_without_a_line_work_goes_on_and_nothing_is_sent_before_the_hub_was_asked(pair: Pair, tmp_path: Path):
    lost_a_day(pair, tmp_path / "backup")
    pair.submit(1)

    def dead(_message: bytes) -> bytes:
        raise ExchangeFailed("sync.no_link")

    pair.line.up = dead
    for _ in range(3):
        assert pair.exchange().waiting == 1
    assert not any(pair.sent()[-3:])
    assert marks.asks_first(pair.db)


def corrected(pair: Pair, entry: Entry, clerk: str) -> Entry:
    """Correct an application."""
    with write(pair.db):
        record = applications.read(pair.db, entry.record_id)
        return applications.append(pair.db, replace(record, clerk=clerk), clerk, entry.revision + 1)


def bodies(pair: Pair, record_id: str) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    for entry in point_journal.revisions(pair.db, record_id):
        found.setdefault(entry.revision, []).append(entry.body)
    return found


def test_a_correction_made_on_both_sides_of_the_loss_is_kept_twice(pair: Pair, tmp_path: Path):
    (entry,) = pair.submit(1)
    pair.exchange()
    back_up(pair.db, tmp_path / "backup", "")
    before = corrected(pair, entry, "示例甲")
    pair.exchange()
    restored(pair, tmp_path / "backup")
    after = corrected(pair, entry, "示例乙")
    assert pair.exchange().complete
    kept = bodies(pair, entry.record_id)
    assert {revision: len(found) for revision, found in kept.items()} == {1: 1, 2: 2, 3: 1}
    assert kept[2] == [after.body, before.body]
    assert kept[3] == [after.body]
    assert applications.read(pair.db, entry.record_id).clerk == "示例乙"
    assert known([entry, before, after]) + [(entry.record_id, 3)] == pair.at_the_hub()
    assert is_whole(pair, tmp_path)


def test_a_draft_submitted_once_more_from_a_backup_counts_once(pair: Pair, tmp_path: Path):
    record = application(STAMP)
    back_up(pair.db, tmp_path / "backup", "")
    with write(pair.db):
        applications.append(pair.db, record, "示例柜员")
    pair.exchange()
    restored(pair, tmp_path / "backup")
    with write(pair.db):
        applications.append(pair.db, replace(record, clerk="示例乙"), "示例乙")
    assert pair.exchange().complete
    assert ledger.count(pair.db).total == 1
    assert {revision: len(found) for revision, found in bodies(pair, str(record.record_id)).items()} == {1: 2, 2: 1}
    assert is_whole(pair, tmp_path)


def test_the_same_twice_makes_no_new_revision(pair: Pair, tmp_path: Path):
    record = application(STAMP)
    back_up(pair.db, tmp_path / "backup", "")
    with write(pair.db):
        applications.append(pair.db, record, "示例柜员")
    pair.exchange()
    restored(pair, tmp_path / "backup")
    with write(pair.db):
        applications.append(pair.db, record, "示例柜员")
    assert pair.exchange().complete
    assert list(bodies(pair, str(record.record_id))) == [1]


def test_a_hub_that_holds_no_more_answers_nothing_and_all_goes_on(pair: Pair, tmp_path: Path):
    sent = pair.submit(2)
    back_up(pair.db, tmp_path / "backup", "")
    restored(pair, tmp_path / "backup")
    sent += pair.submit(1)
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)
    assert not marks.asks_first(pair.db)


def test_what_was_restored_twice_comes_back_from_every_epoch(pair: Pair, tmp_path: Path):
    sent = lost_a_day(pair, tmp_path / "backup")
    sent += pair.submit(2)
    assert pair.exchange().complete
    restored(pair, tmp_path / "backup")
    sent += pair.submit(1)
    assert pair.exchange().complete
    assert sorted(here(pair)) == sorted(known(sent))
    assert pair.at_the_hub() == known(sent)
    assert is_whole(pair, tmp_path)


def test_it_still_writes_the_newest_epoch_after_older_ones_came_back(pair: Pair, tmp_path: Path):
    lost_a_day(pair, tmp_path / "backup")
    pair.exchange()
    restored(pair, tmp_path / "backup")
    now = point_journal.own_stream(pair.db)
    pair.exchange()
    assert point_journal.own_stream(pair.db) == now
    assert pair.submit(1)[0].epoch == now[1]


def test_a_history_that_parted_does_not_come_back(pair: Pair, tmp_path: Path):
    clone = pair.clone(tmp_path / "clone")
    clone.submit(1)
    pair.submit(2)
    pair.exchange()
    with write(clone.db):
        installation.begin_epoch(clone.db, "JL", "restored")
    clone.submit(1)
    report = clone.exchange()
    assert report.problem == "sync.fork"
    with write(clone.db):
        installation.begin_epoch(clone.db, "JL", "restored")
    assert clone.exchange().problem == "sync.fork"
    assert not marks.asks_first(clone.db)
    assert clone.exchange().problem == "sync.fork"
    assert is_whole(clone, tmp_path)


def test_the_hub_cannot_write_into_what_is_written_now(pair: Pair):
    with write(pair.db):
        installation.begin_epoch(pair.db, "JL", "restored")
    (entry,) = pair.submit(1)
    pair.line.down = pair.restated(entries=[entry])
    assert pair.exchange().problem == "sync.foreign_entry"
    assert here(pair) == known([entry])


def test_killed_at_any_moment_everything_comes_back_once(tmp_path: Path):
    (tmp_path / "origin").mkdir()
    origin = new_pair(tmp_path / "origin")
    sent = lost_a_day(origin, tmp_path / "backup", count=1) + origin.submit(1)
    for moment in itertools.count(1):
        pair, kill = copied(origin, tmp_path / str(moment)), Kill(moment)
        with pytest.MonkeyPatch.context() as patch:
            killable(patch, kill)
            with contextlib.suppress(Crash):
                pair.exchange()
        pair.reopen()
        assert pair.exchange().complete, moment
        assert sorted(here(pair)) == sorted(known(sent)), moment
        assert pair.at_the_hub() == known(sent), moment
        assert ledger.count(pair.db).confirmed == len(sent), moment
        if kill.seen < moment:
            break
    assert moment > 10


def test_by_stick_it_comes_back_with_the_first_answer(tmp_path: Path):
    pair: Carried = carried(tmp_path)
    sent = lost_a_day(pair, tmp_path / "backup")
    sent += pair.submit(1)
    came = pair.round()
    assert (came.problem, came.confirmed) == ("", 1)
    assert sorted(here(pair)) == sorted(known(sent))
    assert not marks.asks_first(pair.db)
    assert ledger.count(pair.db).confirmed == len(sent)


def test_an_old_stick_does_not_end_the_asking(tmp_path: Path):
    pair: Carried = carried(tmp_path)
    pair.submit(1)
    pair.out()
    pair.at_hub()
    (answer,) = pair.back()
    back_up(pair.db, tmp_path / "backup", "")
    restored(pair, tmp_path / "backup")
    pair.home(answer)
    assert marks.asks_first(pair.db)


def test_a_point_says_no_more_of_itself_than_there_is_room_for(pair: Pair):
    with write(pair.db):
        for _ in range(70):
            installation.begin_epoch(pair.db, "JL", "restored")
    assert len(tail.holdings(pair.db)) == MOST_STREAMS
    pair.submit(1)
    assert pair.exchange().complete
