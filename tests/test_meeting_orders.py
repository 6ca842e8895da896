"""Where commands meet a restored backup, a hub that was set back, sticks, and a new key."""

import contextlib
import shutil
from pathlib import Path

import pytest

import keyfile
from domain.product import Text
from hub import orders
from hub.installation import open_installation
from hub.store import journal as hub_journal
from hub.store.engine import read
from store import commands, drafts, journal
from store import exchange as marks
from store.backup import back_up, restore
from store.connection import connect, write
from store.rehearsal import differing
from sync import orders as point_orders
from sync import rotation
from sync import stick as point_stick
from tests import insurer
from tests.courier import Carried, carried
from tests.erasing import SECRET, found, ordered_erasure, result, secret, taken
from tests.moments import Crash
from tests.pair import known
from tests.test_pieces import at_the_hub, attach, some_bytes
from tests.test_rotation import exchange, states

WHY = Text(zh="示例：核对印章", bo="དཔེ་མཚོན། ཐམ་ག་ཞིབ་བཤེར")


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    return carried(tmp_path)


def restored(pair: Carried, file: Path) -> None:
    """Put the backup in the place of what is there, and keep nothing else of it."""
    pair.db.conn.close()
    aside = pair.folder / "aside.db"
    restore(file, pair.path, "", aside)
    pair.db = connect(pair.path)
    for rest in (file, *pair.folder.glob("aside*")):
        rest.unlink()


def answers(pair: Carried) -> list[str]:
    query = "SELECT CAST(body AS TEXT) ->> '$.verb' FROM journal WHERE kind = 'carried_out' ORDER BY id"
    return [row[0] for row in pair.db.execute(query)]


def both_ways(pair: Carried, way: str) -> None:
    """Exchange until both know all."""
    for _ in range(2):
        if way == "line":
            point_orders.carry_out(pair.db, pair.keys)
            assert exchange(pair).complete
            continue
        for file in pair.stick.iterdir():
            file.unlink()
        assert pair.round().problem == ""


ways = pytest.mark.parametrize("way", ["line", "stick"])


@ways
def test_a_restored_point_answers_no_command_a_second_time(pair: Carried, tmp_path: Path, way: str):
    both_ways(pair, way)
    back_up(pair.db, tmp_path / "backup", "")
    orders.freeze(pair.hub, "JL", WHY, "示例")
    orders.rotate_key(pair.hub, "JL", "示例")
    both_ways(pair, way)
    both_ways(pair, way)
    key = rotation.current(pair.keys)
    restored(pair, tmp_path / "backup")
    both_ways(pair, way)
    both_ways(pair, way)
    assert commands.frozen(pair.db) == WHY
    assert sorted(answers(pair)) == ["freeze", "rotate_key"]
    assert rotation.current(pair.keys) == key
    assert commands.open_ones(pair.db) == []
    assert differing(pair.db, tmp_path, "") == []


@ways
def test_what_a_backup_brings_back_of_an_erased_record_is_erased_again(pair: Carried, tmp_path: Path, way: str):
    record = taken(pair, secret())
    both_ways(pair, way)
    pair.db.execute("INSERT INTO staff (id, name, role, pin_hash, added_at) VALUES ('s', '示例', 'clerk', '', '')")
    drafts.start(pair.db, str(record.record_id), "s", {"policyholder": {"name": [SECRET]}}, revises=1)
    drafts.start(pair.db, "1" * 36, "s", {"copied_from": record.reference, "policyholder": {"name": [SECRET]}})
    back_up(pair.db, tmp_path / "backup", "")
    ordered_erasure(pair, record)
    both_ways(pair, way)
    restored(pair, tmp_path / "backup")
    assert SECRET.encode() in found(pair.folder)
    both_ways(pair, way)
    assert (found(tmp_path), answers(pair), result(pair.hub)) == (set(), ["erase"], ["done"])
    assert journal.verify(pair.db) == []
    assert drafts.mine(pair.db, "s") == []


@ways
def test_a_draft_that_a_backup_brings_back_after_its_record_was_erased_goes_too(
    pair: Carried, tmp_path: Path, way: str
):
    both_ways(pair, way)
    record = secret()
    pair.db.execute("INSERT INTO staff (id, name, role, pin_hash, added_at) VALUES ('s', '示例', 'clerk', '', '')")
    drafts.start(pair.db, str(record.record_id), "s", {"policyholder": {"name": [SECRET]}})
    back_up(pair.db, tmp_path / "backup", "")
    taken(pair, record)
    both_ways(pair, way)
    ordered_erasure(pair, record)
    both_ways(pair, way)
    restored(pair, tmp_path / "backup")
    both_ways(pair, way)
    assert (found(tmp_path), drafts.mine(pair.db, "s"), answers(pair)) == (set(), [], ["erase"])


def test_a_set_back_hub_and_a_restored_point_bring_nothing_erased_back(pair: Carried, tmp_path: Path):
    record = taken(pair, secret())
    exchange(pair)
    back_up(pair.db, tmp_path / "backup", "")
    ordered_erasure(pair, record)
    pair.hub.engine.dispose()
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    exchange(pair)
    pair.hub.engine.dispose()
    shutil.rmtree(tmp_path / "hub")
    restored(pair, tmp_path / "backup")
    pair.hub = pair.line.hub = open_installation(insurer.settings(tmp_path / "before"))
    for _ in range(2):
        exchange(pair)
    assert (found(tmp_path), answers(pair), result(pair.hub)) == (set(), ["erase"], ["done"])
    assert journal.verify(pair.db) == []
    with read(pair.hub.engine) as connection:
        assert hub_journal.verify(connection) is None


@pytest.mark.parametrize("killed", [False, True])
def test_a_new_key_is_ordered_and_made_by_stick_with_a_full_queue(pair: Carried, tmp_path: Path, killed: bool):
    sent = pair.submit(2)
    attach(pair, sent[0], some_bytes(1000))
    old = rotation.current(pair.keys)
    orders.rotate_key(pair.hub, "JL", "示例")
    early = tmp_path / "early"
    early.mkdir()
    point_stick.export(pair.db, pair.keys, early)
    sent += pair.submit(1)
    pair.round()
    assert [one.verb for one in commands.open_ones(pair.db)] == ["rotate_key"]
    sent += pair.submit(1)
    if killed:
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(Crash):
            patch.setattr("store.commands.answer", crash)
            pair.out()
        assert keyfile.exists(pair.keys, rotation.NEXT)
        pair.reopen()
    for _ in range(2):
        assert pair.round().problem == ""
    new = rotation.current(pair.keys)
    assert states(pair) == {old.public.key_id: "replaced", new.public.key_id: "active"}
    assert (answers(pair), result(pair.hub)) == (["rotate_key"], ["done"])
    assert {(one.problem) for one in pair.at_hub(early)} <= {"", "stick.revoked"}
    assert pair.at_the_hub() == known(sent)
    assert at_the_hub(pair, sent[0]) == [some_bytes(1000)]
    assert marks.waiting(pair.db) == 0


def crash(*_arguments: object) -> None:
    raise Crash


def test_what_waits_to_be_answered_is_not_forgotten_by_a_rebuild(pair: Carried, tmp_path: Path):
    exchange(pair)
    orders.rotate_key(pair.hub, "JL", "示例")
    exchange(pair)
    point_orders.carry_out(pair.db, pair.keys)
    with write(pair.db):
        journal.rebuild(pair.db)
    assert (commands.open_ones(pair.db), differing(pair.db, tmp_path, "")) == ([], [])
