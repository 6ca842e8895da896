"""From SQLite to PostgreSQL: everything arrives, also in two goes, and a difference does not go unnoticed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from msgspec.structs import replace
from sqlalchemy import Engine, delete, select, text
from sqlalchemy.exc import DatabaseError

from domain.canonical import canonical
from domain.codelist import read as read_codes
from domain.command import CarriedOut
from domain.known_buyer import read as read_buyer
from domain.uuid7 import new_uuid7
from hub import backlog, create_app, stick
from hub.buyers import load as load_buyers
from hub.exchange import exchange
from hub.handing_out import load_codes
from hub.installation import open_installation
from hub.invitation import invite
from hub.orders import erase, unfreeze
from hub.store import backlog as kept
from hub.store import journal, moving, tables
from hub.store.engine import read, write
from hub.store.points import Point
from tests.desk import print_of
from tests.insurer import Counter, application, for_underwriter, lead, settings, with_product
from tests.photographs import announced
from tests.tampering import empty, unlock
from wire.header import Piece

PICTURE, OTHER = b"picture", b"another picture"

HANDOUTS = Path(__file__).parent.parent / "handouts"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """A hub on SQLite."""
    app = create_app(settings(tmp_path / "hub"))
    yield app
    app.config["INSTALLATION"].engine.dispose()


@pytest.fixture
def counter(app: Flask) -> Counter:
    """A point of which the hub holds an accepted, a waiting and an unreadable application, a lead and a stick."""
    counter = Counter(with_product(app.config["INSTALLATION"])).enrolled()
    for record in (application(counter.stamp), for_underwriter(counter.stamp), lead(counter.stamp)):
        counter.write(record)
    counter.append("x", b"{}")
    counter.append(new_uuid7(), canonical(announced(PICTURE, new_uuid7())), kind="attachment")
    counter.append(new_uuid7(), canonical(print_of(new_uuid7())), kind="print")
    counter.send()
    stick.take_files(counter.hub, [("x", lambda: b"")])
    load_codes(counter.hub, read_codes((HANDOUTS / "goods.json").read_bytes()))
    load_buyers(counter.hub, map(read_buyer, (HANDOUTS / "buyers.jsonl").read_bytes().splitlines()))
    unfreeze(counter.hub, counter.code, "示例")
    invite(counter.hub, Point(replace(counter.stamp, code="ZM"), "540234", ""), "https://hub.example", 7)
    piece = Piece(digest=hashlib.sha256(PICTURE).digest(), size=len(PICTURE), offset=0)
    exchange(counter.hub, counter.message([], piece=piece, data=PICTURE))
    return counter


@pytest.fixture
def target(on_server: Engine) -> Engine:
    """An empty database on PostgreSQL."""
    empty(on_server)
    return on_server


def move(app: Flask, target: Engine) -> Result:
    url = target.url.render_as_string(hide_password=False)
    return app.test_cli_runner().invoke(args=["database", "move", "--to", url])


def test_everything_arrives(app: Flask, counter: Counter, target: Engine):
    done = move(app, target)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "12" in done.stdout
    with read(counter.hub.engine) as source, read(target) as arrived:
        for table in moving.MOVED:
            before = {tuple(row) for row in source.execute(select(table))}
            assert {tuple(row) for row in arrived.execute(select(table))} == before
        assert all(
            source.execute(select(table)).first()
            for table in moving.MOVED
            if table not in (tables.staff, tables.limits, tables.backlog)
        )
        assert journal.verify(arrived) is None


def test_the_point_goes_on_with_the_hub_where_it_is_now(app: Flask, counter: Counter, target: Engine, tmp_path: Path):
    move(app, target)
    moved = open_installation(settings(tmp_path / "hub", target.url))
    counter.hub = moved
    counter.write(application(counter.stamp))
    assert (answer := counter.send().header.ack)
    assert answer.seq == 7
    assert len(counter.decisions) == 3
    moved.engine.dispose()


def test_it_continues_where_it_stopped(app: Flask, counter: Counter, target: Engine):
    move(app, target)
    with write(target) as connection:
        unlock(connection)
        connection.execute(delete(tables.entry).where(tables.entry.c.position > 2))
        connection.execute(delete(tables.application))
        connection.execute(text("UPDATE stream SET seq = 0"))
    counter.write(lead(counter.stamp))
    counter.send()
    done = move(app, target)
    assert done.exit_code == 0
    assert "13" in done.stdout
    assert move(app, target).stdout == done.stdout


@pytest.mark.usefixtures("counter")
@pytest.mark.parametrize("change", ["UPDATE entry SET made_by = 'x' WHERE seq = 1", "DELETE FROM entry WHERE seq = 1"])
def test_a_difference_does_not_go_unnoticed(app: Flask, target: Engine, change: str):
    move(app, target)
    with write(target) as connection:
        unlock(connection)
        connection.execute(text(change))
    refused = move(app, target)
    assert refused.exit_code == 1
    assert "entry" in refused.stderr


@pytest.mark.usefixtures("counter")
def test_what_arrived_can_no_longer_be_changed(app: Flask, target: Engine):
    move(app, target)
    for statement in ("UPDATE entry SET seq = 9", "DELETE FROM entry", "TRUNCATE entry", "TRUNCATE entry_0"):
        with pytest.raises(DatabaseError, match="append-only"), write(target) as connection:
            connection.execute(text(statement))


def test_it_wants_a_server_and_never_repeats_a_password(app: Flask):
    for wrong in ("mysql://a:secret@b/c", "postgresql+psycopg://a:secret@b", "secret"):
        refused = app.test_cli_runner().invoke(args=["database", "move", "--to", wrong])
        assert refused.exit_code == 2
        assert "secret" not in refused.output


def test_what_waits_to_be_judged_waits_there_too_until_it_was_judged(app: Flask, counter: Counter, target: Engine):
    counter.send([counter.append(new_uuid7(), b"{}") for _ in range(backlog.AT_ONCE + 1)])
    for waiting in (["JL"], []):
        assert move(app, target).exit_code == 0
        with read(target) as arrived:
            assert list(kept.every(arrived)) == waiting
        backlog.take_up(counter.hub, "JL")


def test_what_was_erased_since_an_earlier_move_is_erased_there_too(app: Flask, counter: Counter, target: Engine):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    counter.append(new_uuid7(), canonical(announced(OTHER, str(record.record_id))), kind="attachment")
    counter.send()
    piece = Piece(digest=hashlib.sha256(OTHER).digest(), size=len(OTHER), offset=0)
    exchange(counter.hub, counter.message([], piece=piece, data=OTHER))
    assert move(app, target).exit_code == 0
    command = erase(counter.hub, "JL", str(record.reference), "示例")
    said = CarriedOut(command=command, verb="erase", subject=str(record.record_id), result="done")
    counter.append(new_uuid7(), canonical(said), kind="carried_out")
    counter.send()
    assert (move(app, target).exit_code, move(app, target).exit_code) == (0, 0)
    with read(target) as arrived:
        assert journal.erased(arrived) == 2
        assert OTHER not in arrived.execute(select(tables.piece.c.data)).scalars().all()
