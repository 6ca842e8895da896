"""Where pictures meet a restored backup, a hub that was set back, and an erased application."""

import shutil
from pathlib import Path

import pytest

from domain.errors import NotFound
from hub.installation import open_installation
from hub.store.engine import read
from hub.store.files import of_application
from store import applications, attachments, deliveries
from store import exchange as marks
from store import journal as point_journal
from store.backup import back_up, restore
from store.connection import connect, write
from sync.errors import ExchangeFailed
from tests import insurer
from tests.courier import Carried, carried
from tests.erasing import found, ordered_erasure, result, secret, taken
from tests.insurer import for_underwriter
from tests.pair import STAMP, unchanged
from tests.photographs import announced
from tests.test_pieces import at_the_hub, attach, brought, opened, some_bytes, states
from wire.entry import Entry


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    return carried(tmp_path)


def restored(pair: Carried, file: Path) -> None:
    """Put the backup in the place of what is there."""
    pair.db.conn.close()
    restore(file, pair.path, "", pair.folder / "aside.db")
    pair.db = connect(pair.path)


def lost(pair: Carried, file: Path, seen: int) -> Entry:
    """Back up, then take an application with a picture of which *seen* bytes reach the hub, then lose the disk."""
    back_up(pair.db, file, "")
    (application,) = pair.submit()
    attach(pair, application, some_bytes(1000))
    if seen:
        pair.exchange()
    else:
        pair.line.up = stop_at_pieces
        pair.exchange()
        pair.line.up = unchanged
    restored(pair, file)
    return application


def stop_at_pieces(message: bytes) -> bytes:
    if b'"piece"' in message[:2000]:
        raise ExchangeFailed("sync.no_link")
    return message


def test_of_a_picture_that_only_the_hub_holds_it_says_so(pair: Carried, tmp_path: Path):
    application = lost(pair, tmp_path / "backup", seen=1000)
    pair.line.messages.clear()
    assert pair.exchange().complete
    assert (states(pair, application), brought(pair)) == (["confirmed"], [])
    assert not attachments.of(pair.db, application.record_id)[0].here
    assert deliveries.load(pair.db) == deliveries.Load(total=1, received=1, bytes=0)


def test_of_a_picture_that_nobody_holds_it_claims_nothing_and_asks_once(pair: Carried, tmp_path: Path):
    application = lost(pair, tmp_path / "backup", seen=0)
    assert pair.exchange().complete
    assert states(pair, application) == ["pending"]
    pair.line.messages.clear()
    assert pair.exchange().complete
    assert len(pair.line.messages) == 1
    assert not opened(pair)[0].header.files


def test_a_lost_picture_that_is_taken_again_is_sent(pair: Carried, tmp_path: Path):
    application = lost(pair, tmp_path / "backup", seen=0)
    pair.exchange()
    attach(pair, application, some_bytes(1000))
    assert pair.exchange().complete
    assert (states(pair, application), at_the_hub(pair, application)) == (["confirmed"], [some_bytes(1000)])


def test_a_lost_picture_stops_no_other_on_either_way(pair: Carried, tmp_path: Path):
    application = lost(pair, tmp_path / "backup", seen=0)
    (later,) = pair.submit()
    attach(pair, later, some_bytes(2000, 2))
    pair.round()
    pair.round()
    assert (states(pair, later), at_the_hub(pair, later)) == (["confirmed"], [some_bytes(2000, 2)])
    assert states(pair, application) == ["pending"]
    assert pair.exchange().complete


def test_a_picture_in_the_backup_that_the_hub_lacks_is_sent(pair: Carried, tmp_path: Path):
    (application,) = pair.submit()
    attach(pair, application, some_bytes(1000))
    lost(pair, tmp_path / "backup", seen=0)
    assert pair.exchange().complete
    assert (states(pair, application), at_the_hub(pair, application)) == (["confirmed"], [some_bytes(1000)])


def set_back(pair: Carried, folder: Path) -> None:
    """Let the hub be what it was when *folder* was copied."""
    pair.hub = open_installation(insurer.settings(folder))
    pair.line.hub = pair.hub


def test_a_hub_that_lost_records_and_pictures_gets_both_again(pair: Carried, tmp_path: Path):
    pair.exchange()
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    with write(pair.db):
        application = applications.append(pair.db, for_underwriter(STAMP), "示例柜员")
    attach(pair, application, some_bytes(1000))
    pair.exchange()
    set_back(pair, tmp_path / "before")
    assert pair.exchange().complete
    assert (states(pair, application), at_the_hub(pair, application)) == (["confirmed"], [some_bytes(1000)])


def test_a_hub_that_lost_nothing_but_pictures_gets_them_again(pair: Carried, tmp_path: Path):
    sent = pair.submit(3)
    pair.exchange()
    for number, one in enumerate(sent):
        attach(pair, one, some_bytes(1000, number))
    pair.line.up = stop_at_pieces
    pair.exchange()
    pair.line.up = unchanged
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    pair.exchange()
    set_back(pair, tmp_path / "before")
    pair.submit()
    assert pair.exchange().complete
    assert [at_the_hub(pair, one) for one in sent] == [[some_bytes(1000, number)] for number in range(3)]
    assert [states(pair, one) for one in sent] == [["confirmed"]] * 3


def test_pictures_of_what_was_erased_are_never_sent_again(pair: Carried, tmp_path: Path):
    pair.exchange()
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    record, data = taken(pair, secret()), some_bytes(1000)
    attachments.add(pair.db, announced(data, str(record.record_id)), data, "示例柜员")
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    pair.line.messages.clear()
    set_back(pair, tmp_path / "before")
    assert pair.exchange().complete
    assert brought(pair) == []
    with read(pair.hub.engine) as connection:
        assert of_application(connection, "JL", str(record.record_id)) == []


def test_a_restored_backup_is_erased_again_with_its_pictures_and_answers_once(pair: Carried, tmp_path: Path):
    record, data = taken(pair, secret()), some_bytes(1000)
    attachments.add(pair.db, announced(data, str(record.record_id)), data, "示例柜员")
    pair.exchange()
    back_up(pair.db, tmp_path / "point.backup", "")
    ordered_erasure(pair, record)
    pair.exchange()
    restored(pair, tmp_path / "point.backup")
    for file in (tmp_path / "point.backup", *tmp_path.glob("aside*")):
        file.unlink()
    pair.line.messages.clear()
    assert pair.exchange().complete
    assert pair.exchange().complete
    assert (found(tmp_path), brought(pair)) == (set(), [])
    assert not any(data in path.read_bytes() for path in tmp_path.rglob("*.db*"))
    answers = "SELECT count(*) FROM journal WHERE kind = 'carried_out'"
    assert pair.db.execute(answers).fetchone()[0] == 1
    assert result(pair.hub) == ["done"]
    assert point_journal.verify(pair.db) == []
    assert not marks.asks_first(pair.db)
    with pytest.raises(NotFound):
        attachments.data(pair.db, announced(data, str(record.record_id)).digest)
