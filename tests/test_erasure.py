"""Erasing one application at the point: nothing of it stays readable, and every chain still holds."""

from pathlib import Path

import pytest

from app import create_app
from domain.errors import NotFound
from hub import create_app as create_hub
from hub.decisions import Subject, ask
from hub.store import applications as at_hub
from hub.store import journal as hub_journal
from hub.store.engine import read, write
from settings import Settings
from store import applications, attachments, drafts, erasure, journal, ledger
from store.connection import IntegrityError, connect
from store.rehearsal import differing
from tests.erasing import CONTACT, HALF_ERASED, MOBILE, SECRET, found, ordered_erasure, restored, result, secret, taken
from tests.insurer import for_underwriter
from tests.pair import STAMP, Pair, new_pair
from tests.photographs import announced
from tests.sample import PRODUCT, changed


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def test_no_byte_of_it_stays_in_any_file_of_point_and_hub(pair: Pair, tmp_path: Path):
    pair.submit(3)
    record = taken(pair, secret())
    pair.submit(3)
    pair.exchange()
    assert {SECRET.encode(), MOBILE.encode(), CONTACT.encode()} <= found(tmp_path)
    ordered_erasure(pair, record)
    assert pair.exchange().complete
    assert result(pair.hub) == ["done"]
    assert found(tmp_path) == set()


def test_the_others_stay_and_everything_follows_from_the_journal(pair: Pair, tmp_path: Path):
    before = pair.submit(2)
    record = taken(pair, secret())
    after = pair.submit(2)
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    kept = {entry.record_id for entry in (*before, *after)}
    assert {one.record_id for one in applications.page(pair.db)} == kept
    assert applications.search(pair.db, SECRET) == []
    assert len(applications.search(pair.db, "拉萨示例商贸")) == 4
    assert ledger.count(pair.db) == ledger.Ledger(total=4, confirmed=4, sent=0, pending=0)
    assert differing(pair.db, tmp_path, "") == []
    with pytest.raises(NotFound):
        applications.read(pair.db, str(record.record_id))


def test_every_chain_still_holds_and_says_how_much_was_erased(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    with write(pair.hub.engine) as connection:
        ask(connection, Subject("JL", str(record.record_id), 1, str(record.reference)), (PRODUCT.documents[0].id,), "x")
    pair.exchange()
    taken(pair, changed(record, clerk="示例"), revision=2)
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    assert journal.verify(pair.db) == []
    assert journal.erased(pair.db) == 3
    with read(pair.hub.engine) as connection:
        assert hub_journal.verify(connection) is None
        assert hub_journal.erased(connection) == 3
        assert at_hub.seek(connection, "JL", str(record.record_id)) is None


def test_verify_says_how_much_was_erased_on_both_sides(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    hub = create_hub(pair.hub.settings)
    assert "其中1条的内容已按保险公司的指令删除" in hub.test_cli_runner().invoke(args=["journal", "verify"]).stdout
    settings = Settings(data=pair.folder / "data")
    settings.data.mkdir()
    pair.db.execute("VACUUM INTO ?", [str(settings.database)])
    verified = create_app(settings).test_cli_runner().invoke(args=["journal", "verify"])
    assert verified.exit_code == 0
    assert "其中1条的内容已按保险公司的指令删除" in verified.stdout


def test_drafts_of_it_go_too_and_no_others(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    pair.db.execute("INSERT INTO staff (id, name, role, pin_hash, added_at) VALUES ('s', '示例', 'clerk', '', '')")
    drafts.start(pair.db, str(record.record_id), "s", {"policyholder": {"name": [SECRET]}}, revises=1)
    drafts.start(pair.db, "1" * 36, "s", {"copied_from": record.reference})
    drafts.start(pair.db, "2" * 36, "s", {"copied_from": "another"})
    drafts.start(pair.db, "3" * 36, "s", {})
    ordered_erasure(pair, record)
    pair.exchange()
    assert {draft.id[0] for draft in drafts.mine(pair.db, "s")} == {"2", "3"}


def test_nothing_is_taken_from_what_the_insurer_has_not_signed_for(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    taken(pair, changed(record, clerk="示例"), revision=2)
    assert not erasure.is_confirmed(pair.db, str(record.record_id))
    ordered_erasure(pair, record)
    assert pair.exchange().complete
    assert result(pair.hub) == ["done"]
    assert pair.at_the_hub().count((str(record.record_id), 2)) == 1


def test_a_crash_after_the_deed_repeats_it_and_then_answers(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    record = taken(pair, secret())
    pair.exchange()
    ordered_erasure(pair, record)
    with monkeypatch.context() as broken:
        broken.setattr("store.commands.answer", crash)
        with pytest.raises(KeyboardInterrupt):
            pair.exchange()
    pair.reopen()
    assert result(pair.hub) == [None]
    assert pair.exchange().complete
    assert result(pair.hub) == ["done"]


def test_it_waits_while_somebody_still_reads_the_old_pages(pair: Pair, tmp_path: Path):
    record = taken(pair, secret())
    pair.exchange()
    ordered_erasure(pair, record)
    pair.db.execute("PRAGMA busy_timeout = 50")
    reader = connect(pair.path)
    reader.conn.execute("BEGIN")
    reader.execute("SELECT count(*) FROM journal").fetchone()
    pair.exchange()
    assert result(pair.hub) == [None]
    reader.conn.execute("ROLLBACK")
    reader.conn.close()
    pair.exchange()
    assert result(pair.hub) == ["done"]
    assert found(pair.path.parent) == set()


def test_an_erased_decision_comes_down_to_a_point_that_lacks_it(pair: Pair, tmp_path: Path):
    backup = tmp_path / "backup.db"
    pair.db.execute("VACUUM INTO ?", [str(backup)])
    record = taken(pair, secret())
    pair.exchange()
    with write(pair.hub.engine) as connection:
        ask(connection, Subject("JL", str(record.record_id), 1, str(record.reference)), (PRODUCT.documents[0].id,), "x")
    ordered_erasure(pair, record)
    pair.exchange()
    pair.db = restored(backup)
    report = pair.exchange()
    assert report.complete
    assert journal.erased(pair.db)
    assert journal.verify(pair.db) == []
    assert pair.db.execute("SELECT count(*) FROM decision").fetchone()[0] == 0


def test_what_a_backup_brought_back_is_erased_at_the_next_exchange(pair: Pair, tmp_path: Path):
    record = taken(pair, secret())
    pair.exchange()
    backup = tmp_path / "backup.db"
    pair.db.execute("VACUUM INTO ?", [str(backup)])
    ordered_erasure(pair, record)
    pair.exchange()
    pair.db = restored(backup)
    assert applications.search(pair.db, SECRET)
    assert pair.exchange().complete
    assert applications.search(pair.db, SECRET) == []
    assert journal.erased(pair.db) == 1


@pytest.mark.parametrize("change", HALF_ERASED)
def test_no_other_change_passes_the_triggers_of_the_point(pair: Pair, change: str):
    pair.submit()
    with pytest.raises(IntegrityError, match="append-only"):
        pair.db.execute(change.format("journal"))


def test_its_pictures_go_too_and_those_of_others_stay(pair: Pair, tmp_path: Path):
    record, other = taken(pair, secret()), taken(pair, for_underwriter(STAMP))
    alone, shared = b"picture of one " * 40, b"picture of both " * 40
    for data, owner in ((alone, record), (shared, record), (shared, other)):
        attachments.add(pair.db, announced(data, str(owner.record_id)), data, "示例柜员")
    pair.exchange()
    assert all(data in contents(tmp_path) for data in (alone, shared))
    ordered_erasure(pair, record)
    assert pair.exchange().complete
    assert alone not in contents(tmp_path)
    assert contents(tmp_path).count(shared) >= 2
    assert len(attachments.of(pair.db, str(other.record_id))) == 1
    assert differing(pair.db, tmp_path, "") == []
    assert journal.verify(pair.db) == []
    assert journal.erased(pair.db) == 3


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
