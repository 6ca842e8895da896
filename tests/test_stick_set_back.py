"""Sticks at a hub that was set back: what it kept of them tells it what it lost before it answers any."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.limits import Limits
from hub.limits import tell
from hub.store import streams
from hub.store.engine import read
from store import inbox
from store.backup import back_up, restore
from store.connection import connect
from tests.courier import Carried, carried
from tests.pair import DOWN, known
from wire.header import Cursor

BEFORE, BEHIND = "0" * 16, "f" * 16


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    """A point and a hub, and a stick that has gone to and fro once."""
    pair = carried(tmp_path)
    pair.submit(1)
    pair.round()
    return pair


@pytest.fixture
def lose(pair: Carried, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set both sides back to now, later; the point writes the given epoch from then on. Files and stick stay apart."""
    database = pair.hub.settings.database
    pair.hub.engine.dispose()
    hub_now = database.read_bytes()
    back_up(pair.db, pair.folder / "backup", "")

    def both(epoch: str) -> None:
        pair.hub.engine.dispose()
        database.write_bytes(hub_now)
        pair.db.conn.close()
        with monkeypatch.context() as patch:
            patch.setattr(secrets, "token_hex", lambda _: epoch)
            restore(pair.folder / "backup", pair.path, "", pair.folder / "aside.db")
        pair.db = connect(pair.path)
        for file in pair.stick.iterdir():
            file.unlink()

    return both


@pytest.mark.parametrize("epoch", [BEFORE, BEHIND])
def test_what_both_sides_lost_comes_home_from_the_bundle_that_was_kept(
    pair: Carried, lose: Callable[[str], None], epoch: str
):
    entries = pair.submit(2)
    pair.round()
    lose(epoch)
    entries += pair.submit(1)
    pair.round()
    assert pair.at_the_hub()[-3:] == known([entries[2], *entries[:2]])
    held = {row[0] for row in pair.db.execute("SELECT record_id FROM journal WHERE kind = 'application'")}
    assert held >= {entry.record_id for entry in entries}


@pytest.mark.parametrize("epoch", [BEFORE, BEHIND])
def test_a_stream_that_begins_again_for_one_bundle_goes_to_all(pair: Carried, lose: Callable[[str], None], epoch: str):
    tell(pair.hub, Limits(records=7))
    pair.submit(1)
    pair.round()
    pair.submit(1)
    pair.round()
    lose(epoch)
    pair.submit(1)
    pair.round()
    with read(pair.hub.engine) as connection:
        head = streams.newest(connection, "JL", DOWN)
    assert head and inbox.cursor(pair.db, DOWN) == Cursor(epoch=head.epoch, seq=head.seq, hash=head.hash)
