"""Commands of the insurer: in the signed stream, in order, carried out once, answered, and seen at the hub."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlite_utils import Database

from domain.canonical import canonical
from domain.command import Command
from domain.errors import NotFound, Refused
from domain.product import Text
from hub import orders
from hub.installation import Installation
from hub.store import commands as ordered
from hub.store.engine import read, write
from settings import Settings
from store import commands, drafts, journal, submissions
from store.connection import write as write_here
from store.rehearsal import differing
from sync.enrolment import read_document, take
from sync.once import exchange_once, point_key
from sync.orders import carry_out
from tests.insurer import Counter, application, for_underwriter
from tests.online import hub_for
from tests.pair import STAMP, Pair, new_pair
from wire.entry import Revision

WHY = Text(zh="示例：核对印章", bo="དཔེ་མཚོན། ཐམ་ག་ཞིབ་བཤེར")


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def results(hub: Installation) -> list[tuple[str, str | None]]:
    with read(hub.engine) as connection:
        return [(one.verb, one.result) for one in ordered.every(connection)]


def answers(pair: Pair) -> int:
    return int(pair.db.execute("SELECT count(*) FROM journal WHERE kind = 'carried_out'").fetchone()[0])


def test_one_exchange_brings_a_command_and_its_answer(pair: Pair, tmp_path: Path):
    orders.freeze(pair.hub, "JL", WHY, "示例")
    assert results(pair.hub) == [("freeze", None)]
    assert pair.exchange().complete
    assert results(pair.hub) == [("freeze", "done")]
    assert commands.frozen(pair.db) == WHY
    assert differing(pair.db, tmp_path, "") == []


def test_a_frozen_point_takes_no_new_applications_until_it_is_thawed(pair: Pair):
    orders.freeze(pair.hub, "JL", WHY, "示例")
    pair.exchange()
    with pytest.raises(Refused, match=r"command\.frozen"):
        submissions.submit(pair.db, application(STAMP), "示例")
    orders.unfreeze(pair.hub, "JL", "示例")
    pair.exchange()
    submissions.submit(pair.db, application(STAMP), "示例")
    assert results(pair.hub) == [("freeze", "done"), ("unfreeze", "done")]


def test_a_correction_of_a_frozen_point_goes_on(pair: Pair):
    record = application(STAMP)
    submissions.submit(pair.db, record, "示例")
    orders.freeze(pair.hub, "JL", WHY, "示例")
    pair.exchange()
    assert submissions.submit(pair.db, record, "示例", revises=1).revision == 2


def test_the_newest_command_holds_in_whatever_order_they_came(pair: Pair):
    for _ in range(3):
        orders.unfreeze(pair.hub, "JL", "示例")
        orders.freeze(pair.hub, "JL", WHY, "示例")
    pair.exchange()
    assert commands.frozen(pair.db)
    assert answers(pair) == 6


def test_a_command_is_answered_once_however_often_it_comes(pair: Pair):
    orders.freeze(pair.hub, "JL", WHY, "示例")
    pair.exchange()
    assert carry_out(pair.db) == 0
    pair.exchange()
    assert answers(pair) == 1


def test_a_crash_before_the_answer_brings_the_answer_later(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    orders.freeze(pair.hub, "JL", WHY, "示例")
    with monkeypatch.context() as broken:
        broken.setattr(commands, "answer", crash)
        with pytest.raises(KeyboardInterrupt):
            pair.exchange()
    pair.reopen()
    assert commands.frozen(pair.db)
    assert answers(pair) == 0
    assert pair.exchange().complete
    assert results(pair.hub) == [("freeze", "done")]


def test_a_command_of_a_newer_hub_is_answered_as_unknown_and_stops_nothing(pair: Pair):
    with write(pair.hub.engine, "JL") as connection:
        orders.give(connection, "JL", Command(verb="dance"), "示例")
    orders.freeze(pair.hub, "JL", WHY, "示例")
    assert pair.exchange().complete
    assert results(pair.hub) == [("dance", "unsupported"), ("freeze", "done")]


def test_what_a_point_says_it_did_cannot_come_from_the_hub(pair: Pair):
    pair.line.down = pair.restated(entries=[pair.next_from_hub(b"{}", "carried_out")])
    assert pair.exchange().problem == "sync.foreign_entry"


def test_an_answer_nobody_can_read_is_kept_and_closes_nothing(pair: Pair):
    orders.freeze(pair.hub, "JL", WHY, "示例")
    with write_here(pair.db):
        for place, body in enumerate((b"[]", b"{}", canonical({"command": "x", "result": "done", "verb": "erase"}))):
            revision = Revision(
                record_id=f"{place:036}", kind="carried_out", revision=1, form_version=1,
                made_at="2026-01-01T00:00:00Z", made_by="point", body=body,
            )  # fmt: skip
            journal.append(pair.db, revision)
    assert pair.exchange().complete
    assert results(pair.hub) == [("freeze", "done")]


def test_nobody_unknown_is_commanded(pair: Pair):
    with pytest.raises(NotFound):
        orders.freeze(pair.hub, "ZZ", WHY, "示例")


def test_drafts_go_on_while_frozen(pair: Pair):
    orders.freeze(pair.hub, "JL", WHY, "示例")
    pair.exchange()
    pair.db.execute("INSERT INTO staff (id, name, role, pin_hash, added_at) VALUES ('s', '示例', 'clerk', '', '')")
    drafts.start(pair.db, "0" * 36, "s", {})
    drafts.save(pair.db, "0" * 36, "s", "start", {"kind": ["enterprise"]})
    assert len(drafts.mine(pair.db, "s")) == 1


@pytest.fixture
def flask(hub_app: Flask, counter: Counter):
    def run(*arguments: str) -> Result:
        return hub_app.test_cli_runner().invoke(args=("command", *arguments))

    return run


def test_the_commands_give_and_list(flask, counter: Counter):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    counter.send()
    assert flask("freeze", "JL", "--zh", WHY.zh, "--bo", WHY.bo).exit_code == 0
    assert flask("unfreeze", "JL").exit_code == 0
    assert flask("erase", "JL", str(record.reference), "--yes").exit_code == 0
    listed = flask("list").stdout.splitlines()
    assert [line.split()[2] for line in listed] == ["freeze", "unfreeze", "erase"]
    assert str(record.record_id) in listed[2]
    assert all(line.endswith("-") for line in listed)
    assert str(record.policyholder.name) not in flask("list").stdout


@pytest.mark.parametrize(
    "wrong", [("freeze", "JL"), ("unfreeze", "ZZ"), ("erase", "JL", "x", "--yes"), ("erase", "JL", "JL-26-4F7K-9QTM-W")]
)
def test_the_commands_refuse_what_is_not_clear(flask, wrong: tuple[str, ...]):
    assert flask(*wrong).exit_code
    assert flask("list").stdout == ""


def test_a_new_key_is_made_before_the_next_exchange_and_the_hub_knows_it(
    settings: Settings, db: Database, tmp_path: Path
):
    with hub_for(settings, tmp_path / "hub") as online:
        with write_here(db):
            take(db, read_document(online.document))
        before = point_key(settings.keys).public.raw
        orders.rotate_key(online.installation, "JL", "示例")
        exchange_once(db, settings.keys)
        assert results(online.installation) == [("rotate_key", None)]
        assert exchange_once(db, settings.keys).complete
        assert results(online.installation) == [("rotate_key", "done")]
        assert point_key(settings.keys).public.raw != before
        assert exchange_once(db, settings.keys).complete
        assert commands.open_ones(db) == []
