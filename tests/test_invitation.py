"""Enrolment by a one-time code: who has it comes in once, and only to the hub that gave it."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import update
from sqlite_utils import Database

import hub.exchange
from domain.errors import Conflict, TshegError
from hub.enrolment import enrol as by_hand
from hub.installation import Installation
from hub.invitation import invite, replace
from hub.store import invitations, journal, points, tables
from hub.store.engine import read
from hub.store.engine import write as write_hub
from hub.store.points import Point
from settings import Settings
from store import applications, installation, migrations, products
from store import journal as here
from store.connection import connect, write
from sync import exchange as exchanging
from sync import invited
from sync.once import point_key
from tests.insurer import application
from tests.pair import STAMP, Line
from wire.errors import Malformed
from wire.header import ProblemCode
from wire.invitation import Invitation, fingerprint
from wire.keys import SigningKey
from wire.message import Message, open_message, pack
from wire.succession import announce

INVITED = Point(STAMP, "540234", "示例许可1号")
PIN = "A" * 43 + "="
URL = "https://hub.example"


@pytest.fixture
def code(hub: Installation) -> Invitation:
    return invite(hub, INVITED, URL, 7)


@pytest.fixture
def enrol(db: Database, settings: Settings, hub: Installation) -> Callable[..., None]:
    """Enrol at the point with an invitation, over *line*."""

    def enrol(code: Invitation, line: Line | None = None, keys: Path | None = None) -> None:
        invited.enrol(db, keys or settings.keys, invited.read(code.text), line or Line(hub))

    return enrol


def refusal(enrol: Callable[..., None], *given: object) -> str:
    with pytest.raises(TshegError) as refused:
        enrol(*given)
    return refused.value.code


def keys_of(hub: Installation) -> dict[str, str]:
    with read(hub.engine) as connection:
        return {row.key_id: row.state for row in connection.execute(tables.point_key.select())}


def test_the_line_is_read_as_it_is_written_pasted_or_typed(code: Invitation):
    head, _, _ = code.text.partition(" https")
    typed = head.replace("-", "").lower().replace("0", "o").replace("1", "l")
    assert Invitation.read(code.text) == code
    assert Invitation.read(code.text.replace(" ", "\n  ")) == code
    assert Invitation.read(f"{typed} {URL}") == code


@pytest.mark.parametrize("place", range(1, 6))
def test_a_slip_of_the_pen_is_noticed(code: Invitation, place: int):
    parts = code.text.split()
    parts[place] = parts[place][:-1] + ("B" if parts[place][-1] != "B" else "C")
    with pytest.raises(Malformed):
        Invitation.read(" ".join(parts))


@pytest.mark.parametrize("text", ["", "TSHEG", "TSHEG JL", "x" * 5000, "TSHEG JL - - - -", "TSHEG \u0660 1 2 3 4"])
def test_what_is_no_invitation_is_refused(text: str):
    with pytest.raises(Malformed):
        Invitation.read(text)


def test_it_names_the_hub_by_its_key_and_pin(code: Invitation, hub: Installation):
    assert (code.hub, code.fingerprint, code.url) == (hub.name, fingerprint(hub.key.public), URL)
    assert not code.is_from(SigningKey.generate().public)


def test_who_is_invited_comes_in_with_a_key_of_their_own(
    enrol: Callable[..., None], code: Invitation, hub: Installation, db: Database, settings: Settings
):
    enrol(code)
    found = installation.get(db)
    assert (found.stamp, found.licence, found.hub, found.hub_url) == (STAMP, "示例许可1号", hub.name, URL)
    assert (found.hub_key, found.hub_seal) == (hub.key.public.raw, hub.sealing.recipient)
    assert keys_of(hub) == {point_key(settings.keys).public.key_id: "active"}
    assert exchanging.exchange(db, point_key(settings.keys), found, Line(hub)).complete
    assert products.newest(db)


def test_the_secret_never_travels_and_is_kept_nowhere(enrol: Callable[..., None], code: Invitation, hub: Installation):
    line = Line(hub)
    enrol(code, line)
    kept = b"".join(file.read_bytes() for file in hub.settings.data.glob("hub.db*"))
    for said in (*line.messages, kept):
        assert code.secret.encode() not in said
        assert code.key.raw not in said


def test_a_lost_answer_is_given_again(enrol: Callable[..., None], code: Invitation, hub: Installation, db: Database):
    line = Line(hub, down=lambda answer: answer[:50])
    assert refusal(enrol, code, line) == "enrolment.not_the_hub"
    assert installation.find(db) is None
    enrol(code)
    enrol(code)
    assert len(keys_of(hub)) == 1
    with read(hub.engine) as connection:
        assert journal.size(connection) == 1


def test_another_key_does_not_come_in_by_the_same_code(
    enrol: Callable[..., None], code: Invitation, hub: Installation, tmp_path: Path
):
    enrol(code)
    (tmp_path / "other").mkdir()
    assert refusal(enrol, code, None, tmp_path / "other") == "enrolment.code_used"
    assert len(keys_of(hub)) == 1


def test_a_new_invitation_ends_the_one_before(enrol: Callable[..., None], code: Invitation, hub: Installation):
    newer = invite(hub, INVITED, URL, 7)
    assert refusal(enrol, code) == "enrolment.code_unknown"
    enrol(newer)


def test_it_counts_for_some_days_only(enrol: Callable[..., None], code: Invitation, hub: Installation):
    with write_hub(hub.engine) as connection:
        connection.execute(update(tables.invitation).values(expires_at=int(time.time()) - 1))
    assert refusal(enrol, code) == "enrolment.code_unknown"


def test_whoever_else_answers_is_not_believed(enrol: Callable[..., None], code: Invitation, hub: Installation):
    forger = SigningKey.generate()

    def forged(answer: bytes) -> bytes:
        true = open_message(answer, hub.key.public).header
        said = partial(pack, sender=true.sender, receiver=true.receiver, nonce=true.nonce)
        return said(forger, signer=forger.public.raw, document=true.document)

    assert refusal(enrol, code, Line(hub, down=forged)) == "enrolment.not_the_hub"


@pytest.mark.parametrize("change", [b"x", b"TSHEG1\n{}\n\n", b""])
def test_what_is_no_answer_is_not_believed(
    enrol: Callable[..., None], code: Invitation, hub: Installation, change: bytes
):
    assert refusal(enrol, code, Line(hub, down=lambda _: change)) == "enrolment.not_the_hub"


def test_who_listens_cannot_enter_with_what_was_said(code: Invitation, hub: Installation):
    thief, said = SigningKey.generate(), partial(pack, sender="JL", nonce="n")
    messages = [
        said(thief, receiver=hub.name, next_key=announce(thief, thief.public, "JL", hub.name)),
        said(code.key, receiver=hub.name, next_key=announce(thief, thief.public, "JL", hub.name)),
        said(code.key, receiver=hub.name),
        said(code.key, receiver="hub-2", next_key=announce(thief, code.key.public, "JL", "hub-2")),
    ]
    codes = [hub_answer(hub, message).header.problem for message in messages]
    assert [problem and problem.code for problem in codes] == [
        ProblemCode.UNKNOWN_KEY, ProblemCode.BAD_SIGNATURE, ProblemCode.BAD_SIGNATURE, ProblemCode.FOREIGN,
    ]  # fmt: skip
    assert keys_of(hub) == {}


def test_an_invitation_signs_nothing_but_the_first_word(
    enrol: Callable[..., None], code: Invitation, hub: Installation
):
    enrol(code)
    answer = hub_answer(hub, pack(code.key, sender="JL", receiver=hub.name, nonce="n"))
    assert answer.header.problem
    assert (answer.header.document, answer.entries) == (b"", ())


def hub_answer(home: Installation, message: bytes) -> Message:
    return open_message(hub.exchange.exchange(home, message).body, home.key.public)


def test_a_point_that_is_known_is_replaced_and_not_invited(
    enrol: Callable[..., None], code: Invitation, hub: Installation
):
    enrol(code)
    with pytest.raises(Conflict):
        invite(hub, INVITED, URL, 7)


def test_an_address_that_is_not_safe_is_not_used(enrol: Callable[..., None], hub: Installation):
    assert refusal(enrol, invite(hub, INVITED, "http://hub.example", 7)) == "sync.insecure"


def test_a_new_machine_gets_the_history_of_the_lost_one(
    enrol: Callable[..., None], code: Invitation, hub: Installation, db: Database, settings: Settings, tmp_path: Path
):
    enrol(code)
    lost = point_key(settings.keys)
    with write(db):
        sent = [applications.append(db, application(STAMP), "示例柜员") for _ in range(3)]
    assert exchanging.exchange(db, lost, installation.get(db), Line(hub)).complete
    again = replace(hub, "JL", URL, 7)
    assert keys_of(hub) == {lost.public.key_id: "revoked"}
    machine, keys = new_machine(tmp_path)
    invited.enrol(machine, keys, invited.read(again.text), Line(hub))
    assert exchanging.exchange(machine, point_key(keys), installation.get(machine), Line(hub)).complete
    assert [here.find(machine, entry.record_id) for entry in sent] == sent
    assert machine.execute("SELECT count(*) FROM decision").fetchone()[0] == 3
    with write(db):
        applications.append(db, application(STAMP), "示例柜员")
    assert exchanging.exchange(db, lost, installation.get(db), Line(hub)).problem == "sync.revoked"
    with write(machine):
        new = applications.append(machine, application(STAMP), "示例柜员")
    assert new.epoch != sent[0].epoch
    assert exchanging.exchange(machine, point_key(keys), installation.get(machine), Line(hub)).complete


def test_a_machine_that_was_given_up_comes_back_with_a_new_key_only(
    enrol: Callable[..., None], code: Invitation, hub: Installation, settings: Settings
):
    enrol(code)
    again = replace(hub, "JL", URL, 7)
    assert refusal(enrol, again) == "enrolment.old_key"
    (settings.keys / "point.key").unlink()
    enrol(again)
    assert sorted(keys_of(hub).values()) == ["active", "revoked"]


def new_machine(folder: Path) -> tuple[Database, Path]:
    keys = folder / "new-keys"
    keys.mkdir()
    machine = connect(folder / "new.db")
    migrations.migrate(machine)
    return machine, keys


def test_an_invitation_left_lying_about_ends_when_the_point_comes_in_by_hand(
    enrol: Callable[..., None], code: Invitation, hub: Installation
):
    by_hand(hub, INVITED, SigningKey.generate().public)
    assert refusal(enrol, code) == "enrolment.code_unknown"


@pytest.fixture
def flask(hub_app: Flask):
    def run(*arguments: str) -> Result:
        return hub_app.test_cli_runner().invoke(args=arguments)

    return run


ASKED = ("--name", "示例服务点", "--kind", "bank", "--county", "540233", "--url", "https://hub.example/")


def test_the_hub_prints_the_line_and_its_picture(flask, tmp_path: Path):
    done = flask("point", "invite", "ZM", *ASKED, "--svg", str(tmp_path / "code.svg"))
    found = Invitation.read(done.stdout)
    assert (found.point, found.url) == ("ZM", "https://hub.example")
    assert (tmp_path / "code.svg").read_text("utf-8").startswith("<?xml")
    shown = flask("point", "invite", "ZM", *ASKED)
    assert "▀" in shown.stderr or "█" in shown.stderr
    assert len(shown.stdout.splitlines()) == 1


def test_to_revoke_a_point_ends_its_invitation(flask, enrol: Callable[..., None], code: Invitation, hub: Installation):
    enrol(code)
    again = Invitation.read(flask("point", "replace", "JL", "--url", URL).stdout)
    flask("point", "revoke", "JL")
    assert refusal(enrol, again) == "enrolment.code_unknown"
    assert flask("point", "replace", "XX").exit_code == 1
    with read(hub.engine) as connection:
        assert invitations.find(connection, "JL", again.key.public.key_id) is None
        assert not points.find(connection, "JL").active


def test_the_point_says_what_is_wrong_with_a_line(app: Flask):
    refused = app.test_cli_runner().invoke(args=["point", "enrol", "--code", "TSHEG JL"])
    assert refused.exit_code == 1
    assert "接入码" in refused.stderr
    assert app.test_cli_runner().invoke(args=["point", "enrol"]).exit_code == 2
