"""A point, its clones and its hub in one process, on the real code, with everything that can go wrong.

Crashes are those of processes, between any two steps; power cuts have tests of their own.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlite_utils import Database

import hub.exchange
import sync.answer
import sync.exchange
from domain.activity import Action
from domain.limits import Limits
from hub.installation import Installation
from hub.limits import tell
from hub.store import tables
from hub.store.engine import read
from store import activity, installation
from store.connection import connect, write
from sync.errors import ExchangeFailed, WeakLine
from sync.exchange import Report
from tests.pair import new_pair
from wire.keys import SigningKey

ENDLESS = 200
Streams = dict[str, list[tuple[int, bytes]]]
Write = Callable[[Any], AbstractContextManager[Any]]


class Crash(BaseException):
    """The process is gone; nothing may catch it."""


@dataclass
class Chance:
    """The one source of everything that happens; ``trouble`` is how likely each step goes wrong."""

    random: Random
    trouble: float = 0.0

    def strikes(self) -> bool:
        """Say whether something goes wrong now."""
        return self.random.random() < self.trouble


def crashing(inner: Write, chance: Chance) -> Write:
    """Let a transaction crash before its commit or right after it."""

    @contextmanager
    def write_or_crash(database: Any, *only: str) -> Iterator[Any]:
        with inner(database, *only) as inside:
            yield inside
            if chance.strikes():
                raise Crash
        if chance.strikes():
            raise Crash

    return write_or_crash


@dataclass
class Line:
    """Messages and answers get lost, cut off, doubled, late; an old answer may come in the place of a new one."""

    hub: Installation
    chance: Chance
    late: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    messages: int = 0

    def send(self, message: bytes) -> bytes:
        """Bring *message* to the hub, perhaps, and an answer back, perhaps."""
        self.messages += 1
        assert self.messages < ENDLESS, "the exchange never ends"
        if self.chance.strikes():
            self.late.append(message)
            raise ExchangeFailed("sync.no_link")
        answer = self._delivered(message)
        if self.chance.strikes():
            answer = self._delivered(message)
        self.answers.append(answer)
        if self.chance.strikes():
            raise WeakLine
        if self.chance.strikes():
            return answer[: int(self.chance.random.random() * len(answer))]
        return self.chance.random.choice(self.answers) if self.chance.strikes() else answer

    def _delivered(self, message: bytes) -> bytes:
        try:
            return hub.exchange.exchange(self.hub, message).body
        except Crash:
            raise ExchangeFailed("sync.hub_error") from None

    def deliver_late(self) -> None:
        """Let what was held up on its way arrive now, in any order."""
        self.chance.random.shuffle(self.late)
        while self.late:
            hub.exchange.exchange(self.hub, self.late.pop())


@dataclass
class Point:
    """One copy of the point's database."""

    path: Path
    db: Database

    def append(self) -> None:
        """Take one record."""
        with write(self.db):
            activity.append(self.db, "示例", Action.SIGNED_IN)

    def streams(self, mine: bool = True) -> Streams:
        """Return epoch → (seq, hash) of what this copy wrote, or of what it holds of the hub."""
        rows = self.db.execute("SELECT epoch, seq, hash FROM journal WHERE (producer = 'JL') = ? ORDER BY seq", [mine])
        return grouped(rows)

    @property
    def epoch(self) -> str:
        """The epoch this copy writes now."""
        return str(self.db.execute("SELECT epoch FROM epoch ORDER BY ordinal DESC").fetchone()[0])

    def acked(self) -> dict[str, int]:
        """Return epoch → how far the hub signed."""
        return dict(self.db.execute("SELECT epoch, acked FROM mark").fetchall())

    @property
    def frozen(self) -> set[str]:
        """The epochs that were stopped."""
        return {row[0] for row in self.db.execute("SELECT epoch FROM mark WHERE frozen = 1")}


def grouped(rows: Any) -> Streams:
    """Return epoch → [(seq, hash)]."""
    found: Streams = {}
    for epoch, seq, digest in rows:
        found.setdefault(epoch, []).append((seq, digest))
    return found


class Stage:
    """Files as they are before the first step, made once; each world begins with copies of them."""

    def __init__(self, folder: Path) -> None:
        pair = new_pair(folder / "origin")
        self.folder, self.hub, self.key = folder, pair.hub, pair.key
        event.listen(self.hub.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = 0"))
        pair.exchange()
        pair.db.conn.close()
        self.hub.engine.dispose()
        self.point, self.hub_file = pair.path, self.hub.settings.database
        self.first_hub = folder / "first-hub.db"
        shutil.copyfile(self.hub_file, self.first_hub)


class World:
    """A history in the making."""

    def __init__(self, stage: Stage, chance: Chance) -> None:
        self.stage, self.chance = stage, chance
        self.hub, self.key = stage.hub, stage.key
        self.line = Line(self.hub, chance)
        self.files = 0
        self.hub_rewound = self.cloned = False
        self.backups: list[Path] = []
        self.put_hub(stage.first_hub)
        self.points = [self.open(stage.point)]
        self.hubs = [stage.first_hub]

    def open(self, source: Path) -> Point:
        """Return a point whose database is a copy of *source*."""
        path = self.new_file()
        shutil.copyfile(source, path)
        return Point(path, self.connect(path))

    def connect(self, path: Path) -> Database:
        """Open a point's database for a simulation: nobody cuts its power."""
        db = connect(path)
        db.execute("PRAGMA synchronous = 0")
        return db

    def new_file(self) -> Path:
        """Return the name of a file that is not there."""
        self.files += 1
        path = self.stage.folder / f"{self.files}.db"
        for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            old.unlink(missing_ok=True)
        return path

    def put_hub(self, source: Path) -> None:
        """Let the hub's database be a copy of *source*."""
        self.hub.engine.dispose()
        shutil.copyfile(source, self.stage.hub_file)

    def copied_hub(self) -> Path:
        """Return a copy of the hub's database as it is now."""
        path = self.new_file()
        with read(self.hub.engine) as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("VACUUM INTO ?", (str(path),))
            connection.exec_driver_sql("BEGIN")
        return path

    def at_the_hub(self, producer: str) -> Streams:
        """Return epoch → (seq, hash) of what the hub holds of *producer*."""
        entry = tables.entry.c
        query = select(entry.epoch, entry.seq, entry.hash).where(entry.producer == producer).order_by(entry.seq)
        with read(self.hub.engine) as connection:
            return grouped(connection.execute(query))

    def records_at_the_hub(self) -> list[tuple[str, int]]:
        """Return (record id, revision) of everything the hub was sent."""
        entry = tables.entry.c
        with read(self.hub.engine) as connection:
            rows = connection.execute(select(entry.record_id, entry.revision).where(entry.producer == "JL"))
            return [(row[0], row[1]) for row in rows]

    def copied(self, point: Point) -> Path:
        """Return a copy of a point's database as it is now."""
        path = self.new_file()
        point.db.execute("VACUUM INTO ?", [str(path)])
        return path

    def exchange(self, point: Point) -> Report | None:
        """Run one exchange of *point*, or as much of it as happens before its process dies: then None."""
        try:
            return sync.exchange.exchange(point.db, SigningKey(self.key.raw), installation.get(point.db), self.line)
        except Crash:
            point.db.conn.close()
            point.db = self.connect(point.path)
            return None

    def hub_writes(self) -> None:
        """Let the hub write something for the point."""
        tell(self.hub, Limits(records=self.chance.random.randrange(1, 99)))

    def close(self) -> None:
        """Close every database."""
        for point in self.points:
            point.db.conn.close()


def armed(patch: pytest.MonkeyPatch, chance: Chance) -> None:
    """Let every transaction of an exchange, on both sides, be one that may crash."""
    patch.setattr(sync.exchange, "write", crashing(write, chance))
    patch.setattr(sync.answer, "write", crashing(write, chance))
    patch.setattr(hub.exchange, "write", crashing(vars(hub.exchange)["write"], chance))
