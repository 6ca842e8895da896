"""Random histories of a point, its line and its backups: whatever happens, the hub ends with everything once."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from store import journal
from store.backup import back_up, restore
from store.connection import connect
from store.rehearsal import differing
from sync.errors import ExchangeFailed, WeakLine
from tests.killing import seeded
from tests.pair import Line, new_pair

SCHEDULES = 8
STEPS = 40
FALSE_ALARMS = {"sync.fork", "sync.other_hash", "sync.cursor", "sync.not_storable", "journal.gap"}


class History:
    """A pair to which things happen, and what may not be forgotten: everything the hub ever confirmed."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.pair, self.chance, self.folder = new_pair(folder), chance, folder
        self.backups: list[Path] = []
        self.confirmed: set[tuple[str, int]] = set()

    def submit(self) -> None:
        self.pair.submit(self.chance.randint(1, 4))

    def exchange(self) -> None:
        self.pair.line.up = self.pair.line.down = bytes
        assert self.pair.exchange().complete

    def exchange_on_a_bad_line(self) -> None:
        self.pair.line.up, self.pair.line.down = self._troubled(), self._troubled()
        assert self.pair.exchange().problem not in FALSE_ALARMS

    def _troubled(self) -> Callable[[bytes], bytes]:
        def trouble(data: bytes) -> bytes:
            match self.chance.randrange(6):
                case 0:
                    raise ExchangeFailed("sync.no_link")
                case 1:
                    raise WeakLine
                case 2:
                    return data[: self.chance.randrange(len(data))]
                case 3 if self.pair.line.answers:
                    return self.chance.choice([*self.pair.line.answers, *self.pair.line.messages])
            return data

        return trouble

    def repeat_old_messages(self) -> None:
        messages = self.pair.line.messages
        for message in self.chance.sample(messages, min(5, len(messages))):
            Line(self.pair.hub).send(message)

    def back_up(self) -> None:
        self.backups.append(self.folder / f"{len(self.backups)}.backup")
        back_up(self.pair.db, self.backups[-1], "")

    def restore(self) -> None:
        if self.backups:
            self.pair.db.conn.close()
            aside = self.folder / f"aside-{self.chance.getrandbits(64):x}"
            restore(self.chance.choice(self.backups), self.pair.path, "", aside)
            self.pair.db = connect(self.pair.path)

    def restart(self) -> None:
        self.pair.reopen()

    def check(self) -> None:
        """What was shown as confirmed is at the hub, everything there is there once, and no alarm is false."""
        held = self.pair.at_the_hub()
        rows = self.pair.db.execute(
            "SELECT record_id, revision FROM journal JOIN mark USING (producer, epoch)"
            " WHERE seq <= acked AND kind = 'application'"
        )
        self.confirmed |= {(row[0], row[1]) for row in rows}
        assert self.confirmed <= set(held)
        assert len(held) == len(set(held))
        assert self.pair.mark()[2] == 0


@pytest.mark.parametrize("schedule", range(SCHEDULES))
def test_whatever_happens_the_hub_ends_with_everything_once(tmp_path: Path, schedule: int):
    chance = seeded()
    history = History(tmp_path, chance)
    often = [history.submit] * 4 + [history.exchange_on_a_bad_line] * 5
    seldom = [history.exchange, history.repeat_old_messages, history.back_up, history.restore, history.restart]
    for _ in range(STEPS):
        chance.choice(often + seldom)()
        history.check()
    history.exchange()
    history.check()
    pair = history.pair
    here = pair.db.execute("SELECT record_id, revision FROM journal WHERE kind = 'application'").fetchall()
    assert set(here) <= set(pair.at_the_hub())
    assert (journal.verify(pair.db), differing(pair.db, tmp_path, "")) == ([], [])
