"""Erasing one application: nothing of it stays readable at the point or the hub, and every chain still holds."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError
from sqlite_utils import Database

from app import create_app
from domain.application import Application
from domain.canonical import canonical
from domain.command import CarriedOut
from domain.errors import Conflict, NotFound
from hub import create_app as create_hub
from hub import orders
from hub.decisions import Subject, ask
from hub.installation import Installation, open_installation
from hub.store import applications as at_hub
from hub.store import commands as ordered
from hub.store import journal as hub_journal
from hub.store import points
from hub.store.engine import read, write
from settings import Settings
from store import applications, drafts, erasure, installation, journal, ledger, migrations
from store.connection import IntegrityError, connect
from store.connection import write as write_here
from store.rehearsal import differing
from tests import insurer
from tests.insurer import Counter, application, for_underwriter
from tests.pair import STAMP, Pair, new_pair
from tests.sample import PRODUCT, changed
from tests.tampering import run
from wire.entry import Revision

SECRET = "示例隐名贸易有限公司"
MOBILE = "19912345678"
CONTACT = "示例·密名旦增"
TRACES = [text.encode() for text in (SECRET, MOBILE, CONTACT, "隐名", "slymmy", "5678")]


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def secret() -> Application:
    """An application that waits for an underwriter and whose names occur nowhere else."""
    record = for_underwriter(STAMP)
    secret: Application = changed(
        record, policyholder__name=SECRET, policyholder__mobile=MOBILE, policyholder__contact=CONTACT
    )
    return secret


def taken(pair: Pair, record: Application, revision: int = 1) -> Application:
    with write_here(pair.db):
        applications.append(pair.db, record, "示例柜员", revision)
    return record


def ordered_erasure(pair: Pair, record: Application) -> None:
    orders.erase(pair.hub, "JL", str(record.reference), "示例")


def found(folder: Path) -> set[bytes]:
    """Return which of the traces any file in *folder* still holds."""
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {trace for trace in TRACES if trace in content}


def result(hub: Installation) -> list[str | None]:
    with read(hub.engine) as connection:
        return [one.result for one in ordered.every(connection)]


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


def test_the_hub_can_make_its_tables_again(pair: Pair):
    record = taken(pair, secret())
    pair.submit(2)
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    with write(pair.hub.engine) as connection:
        before = at_hub.every(connection)
        hub_journal.rebuild(connection)
        assert at_hub.every(connection) == before
        assert len(before) == 2


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


def test_a_hub_that_was_set_back_takes_the_erased_entry_as_it_is(pair: Pair, tmp_path: Path):
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    pair.submit()
    record = taken(pair, secret())
    pair.submit()
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    pair.line.hub = open_installation(insurer.settings(tmp_path / "before"))
    pair.submit()
    assert pair.exchange().waiting == 0
    with read(pair.line.hub.engine) as connection:
        assert hub_journal.verify(connection) is None
        assert hub_journal.erased(connection) == 1
        assert len(at_hub.every(connection)) == 3


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


def restored(backup: Path) -> Database:
    db = connect(backup)
    migrations.migrate(db)
    with write_here(db):
        installation.begin_epoch(db, "JL", "restored")
    return db


def test_a_policy_is_kept_as_long_as_the_law_says(pair: Pair):
    record = taken(pair, application(STAMP))
    pair.exchange()
    with pytest.raises(Conflict, match=r"command\.kept_by_law"):
        ordered_erasure(pair, record)


def test_a_point_cannot_make_the_hub_forget_a_policy(pair: Pair):
    record = taken(pair, application(STAMP))
    pair.exchange()
    said = CarriedOut(command="0" * 36, verb="erase", subject=str(record.record_id), result="done")
    with write_here(pair.db):
        journal.append(
            pair.db,
            Revision(
                record_id="9" * 36, kind="carried_out", revision=1, form_version=1,
                made_at="2026-01-01T00:00:00Z", made_by="point", body=canonical(said),
            ),
        )  # fmt: skip
    assert pair.exchange().complete
    with read(pair.hub.engine) as connection:
        assert at_hub.find(connection, "JL", str(record.record_id)).policy_number


def test_it_refuses_an_application_nobody_sent(pair: Pair):
    with pytest.raises(NotFound):
        orders.erase(pair.hub, "JL", "JL-26-0000-0000-0", "示例")


def test_a_decision_on_its_way_down_is_followed_by_a_second_command(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    ordered_erasure(pair, record)
    with write(pair.hub.engine) as connection:
        ask(connection, Subject("JL", str(record.record_id), 1, str(record.reference)), (PRODUCT.documents[0].id,), "x")
    assert pair.exchange().complete
    pair.exchange()
    assert result(pair.hub) == ["done", "done"]
    assert journal.erased(pair.db) == 2
    assert pair.db.execute("SELECT count(*) FROM decision").fetchone()[0] == 0


def test_of_a_point_that_is_gone_the_hub_erases_at_once(pair: Pair, tmp_path: Path):
    record = taken(pair, secret())
    pair.exchange()
    with write(pair.hub.engine) as connection:
        points.revoke(connection, "JL")
    ordered_erasure(pair, record)
    assert found(tmp_path / "hub") == set()
    with read(pair.hub.engine) as connection:
        assert hub_journal.verify(connection) is None
    assert result(pair.hub) == [None]


def test_it_is_the_same_on_either_database(counter: Counter):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    counter.write(for_underwriter(counter.stamp))
    counter.send()
    with write(counter.hub.engine) as connection:
        ask(connection, Subject("JL", str(record.record_id), 1, str(record.reference)), (PRODUCT.documents[0].id,), "x")
    command = orders.erase(counter.hub, "JL", str(record.reference), "示例")
    said = CarriedOut(command=command, verb="erase", subject=str(record.record_id), result="done")
    counter.append("9" * 36, canonical(said), kind="carried_out")
    counter.send()
    counter.down.clear()
    counter.send([])
    assert [entry.kind for entry in counter.down if entry.erased] == ["decision"]
    with write(counter.hub.engine) as connection:
        assert (hub_journal.erased(connection), hub_journal.verify(connection)) == (2, None)
        before = at_hub.every(connection)
        hub_journal.rebuild(connection)
        assert at_hub.every(connection) == before
    assert len(before) == 1
    assert result(counter.hub) == ["done"]


HALF_ERASED = [
    "body = zeroblob(0)",
    "salt = zeroblob(16)",
    "body = zeroblob(0), salt = zeroblob(16), made_by = 'x'",
    "body_hash = zeroblob(32)",
]


@pytest.mark.parametrize("change", HALF_ERASED)
def test_no_other_change_passes_the_triggers_of_the_hub(counter: Counter, change: str):
    counter.write(for_underwriter(counter.stamp))
    counter.send()
    with pytest.raises(DatabaseError, match="append-only"), write(counter.hub.engine) as connection:
        run(connection, "UPDATE entry SET " + change)


@pytest.mark.parametrize("change", HALF_ERASED)
def test_no_other_change_passes_the_triggers_of_the_point(pair: Pair, change: str):
    pair.submit()
    with pytest.raises(IntegrityError, match="append-only"):
        pair.db.execute("UPDATE journal SET " + change)
