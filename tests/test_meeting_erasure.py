"""Where erasing meets what waits to be judged, pictures, and sticks that are kept, on both databases of the hub."""

import hashlib
import shutil
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from domain.canonical import canonical
from domain.command import CarriedOut
from domain.uuid7 import new_uuid7
from hub import backlog, orders
from hub.exchange import exchange
from hub.installation import Installation, open_installation
from hub.settings import Settings
from hub.store import applications, journal, tables
from hub.store.engine import is_postgresql, read, write
from hub.store.rebuilding import rebuild
from sync.errors import ExchangeFailed
from tests.courier import Carried, carried
from tests.erasing import ordered_erasure, result, secret, taken
from tests.insurer import Counter, for_underwriter, settings
from tests.pair import Pair, known, new_pair, unchanged
from tests.photographs import announced
from tests.sample import changed
from wire.bundle import open_bundle
from wire.header import Piece
from wire.message import open_message

DATA = Random(1).randbytes(5000)


def unreadable(counter: Counter) -> None:
    """Append more applications than are judged at once."""
    for _ in range(backlog.AT_ONCE + 1):
        counter.append(new_uuid7(), b"{}")


def says_erased(counter: Counter, record_id: str, command: str) -> None:
    said = CarriedOut(command=command, verb="erase", subject=record_id, result="done")
    counter.append(new_uuid7(), canonical(said), kind="carried_out")


def contents(hub: Installation, record_id: str) -> list[bytes]:
    """Return what the journal still holds of a record, one for each revision."""
    query = select(tables.entry.c.body).where(tables.entry.c.record_id == record_id)
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None
        return list(connection.scalars(query))


def shown(hub: Installation) -> set[str]:
    with read(hub.engine) as connection:
        return {line.record_id for line in applications.every(connection)}


def test_what_a_point_erased_is_erased_here_too_when_much_comes_at_once(counter: Counter):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    counter.send()
    command = orders.erase(counter.hub, "JL", str(record.reference), "示例")
    unreadable(counter)
    says_erased(counter, str(record.record_id), command)
    counter.send()
    assert contents(counter.hub, str(record.record_id)) == [b""]
    assert result(counter.hub) == ["done"]


def test_a_revision_that_was_erased_before_it_was_judged_is_never_judged(counter: Counter):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    counter.send()
    command = orders.erase(counter.hub, "JL", str(record.reference), "示例")
    counter.write(changed(record, clerk="示例乙"), revision=2)
    unreadable(counter)
    counter.send()
    says_erased(counter, str(record.record_id), command)
    counter.send()
    assert contents(counter.hub, str(record.record_id)) == [b"", b""]
    with write(counter.hub.engine) as connection:
        rebuild(connection)
    backlog.clear(counter.hub, "JL")
    before = shown(counter.hub)
    with write(counter.hub.engine) as connection:
        rebuild(connection)
    assert shown(counter.hub) == before
    assert len(before) == backlog.AT_ONCE + 1
    counter.send([])
    assert str(record.record_id) not in {made.application for made in counter.decisions}


def test_an_application_that_waits_to_be_judged_can_be_ordered_erased(counter: Counter, hub_app: Flask):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    unreadable(counter)
    counter.send()
    told = hub_app.test_cli_runner().invoke(args=["command", "erase", "JL", str(record.reference), "--yes"])
    assert told.exit_code == 0
    assert result(counter.hub) == [None]


def test_no_piece_of_an_erased_picture_stays_in_either_database(counter: Counter, hub_settings: Settings):
    record, digest = for_underwriter(counter.stamp), hashlib.sha256(DATA).digest()
    counter.write(record)
    counter.append(new_uuid7(), canonical(announced(DATA, str(record.record_id))), kind="attachment")
    counter.send()
    piece = Piece(digest=digest, size=len(DATA), offset=0)
    exchange(counter.hub, counter.message([], piece=piece, data=DATA[:3000]))
    says_erased(counter, str(record.record_id), orders.erase(counter.hub, "JL", str(record.reference), "示例"))
    counter.send()
    with read(counter.hub.engine) as connection:
        kept = (tables.file, tables.piece, tables.attachment, tables.application)
        assert [connection.scalar(select(func.count()).select_from(table)) for table in kept] == [0, 0, 0, 0]
    assert counter.open(exchange(counter.hub, counter.message([], piece=piece, data=DATA)).body).header.files[0].problem
    if not is_postgresql(counter.hub.engine.url):
        assert not any(DATA[:100] in path.read_bytes() for path in hub_settings.data.rglob("*.db*"))


def test_a_hub_set_back_to_when_something_waited_judges_each_once(tmp_path: Path):
    pair = new_pair(tmp_path)
    sent = pair.submit(backlog.AT_ONCE + 1)
    brought_up(pair)
    pair.hub.engine.dispose()
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    sent += pair.submit(1)
    pair.exchange()
    pair.hub = pair.line.hub = open_installation(settings(tmp_path / "before"))
    assert backlog.points(pair.hub) == ["JL"]
    sent += pair.submit(1)
    pair.exchange()
    backlog.clear(pair.hub, "JL")
    pair.exchange()
    assert pair.at_the_hub() == known(sent)
    assert shown(pair.hub) == {entry.record_id for entry in sent}
    decided = "SELECT application FROM decision GROUP BY application HAVING count(*) > 0"
    assert {row[0] for row in pair.db.execute(decided)} == shown(pair.hub)


def brought_up(pair: Pair) -> None:
    """Bring all records up, and stop before the hub is asked for anything more."""

    def cut(answer: bytes) -> bytes:
        raise ExchangeFailed("sync.no_link")

    pair.line.down = cut
    pair.exchange()
    pair.line.down = unchanged


@pytest.mark.parametrize("way", ["line", "stick"])
def test_no_kept_stick_holds_what_was_erased(tmp_path: Path, way: str):
    pair = carried(tmp_path)
    pair.round()
    record = taken(pair, secret())
    pair.round()
    assert str(record.record_id) in kept_records(pair)
    ordered_erasure(pair, record)
    if way == "line":
        assert pair.exchange().complete
    for _ in range(2):
        for file in pair.stick.iterdir():
            file.unlink()
        pair.round()
    assert result(pair.hub) == ["done"]
    assert str(record.record_id) not in kept_records(pair)


def kept_records(pair: Carried) -> set[str]:
    """Return the records in the sticks that the hub keeps."""
    kept = [open_bundle(file.read_bytes(), pair.hub.sealing) for file in pair.hub.settings.sticks.glob("*.age")]
    assert kept
    opened = [open_message(message, pair.key.public) for messages in kept for message in messages]
    return {entry.record_id for message in opened for entry in message.entries if not entry.erased}
