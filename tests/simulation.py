"""A point, its clones and its hub in one process, on the real code, with everything that can go wrong.

Crashes are those of processes, between any two steps; power cuts have tests of their own.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import event
from sqlite_utils import Database

import sync.exchange
from domain.activity import Action
from domain.limits import Limits
from hub.limits import tell
from store import activity, applications, backup, installation
from store.connection import connect, write
from sync.exchange import Report
from sync.once import sealing_key
from tests import prepared
from tests.chance import Chance, Crash, Line, foreseen
from tests.insurer import application
from tests.pair import STAMP, new_pair

ORIGIN = 1  # the first epoch begins with 9: one drawn after it sorts before it about as often as behind it
T = TypeVar("T")


@dataclass
class Point:
    """One copy of the point's database."""

    path: Path
    db: Database

    @classmethod
    def open(cls, path: Path) -> "Point":
        """Open a point's database for a simulation: nobody cuts its power."""
        db = connect(path)
        db.execute("PRAGMA synchronous = 0")
        return cls(path, db)

    def restart(self) -> None:
        """Lose everything but what was committed."""
        self.close()
        self.db = self.open(self.path).db

    def close(self) -> None:
        """Close the database."""
        self.db.conn.close()

    def append(self) -> None:
        """Take one record."""
        with write(self.db):
            activity.append(self.db, "示例", Action.SIGNED_IN)

    def submit(self) -> None:
        """Take an application, which the hub must answer."""
        with write(self.db):
            applications.append(self.db, application(STAMP), "示例")

    def copied(self) -> bytes:
        """Return the database as it is now."""
        assert self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        return self.path.read_bytes()

    @property
    def here(self) -> installation.Installation:
        """What it knows of itself and its hub."""
        return installation.get(self.db)


class Stage:
    """Everything as it is before the first step, made once; each world begins with copies of it."""

    def __init__(self, folder: Path) -> None:
        prepared.point(folder / "origin" / "point.db")  # the first one in a process draws ids for itself
        with pytest.MonkeyPatch.context() as patch:
            foreseen(patch, ORIGIN)
            pair = new_pair(folder / "origin")
        self.folder, self.hub, self.key, self.keys = folder, pair.hub, pair.key, folder / "keys"
        self.keys.mkdir()
        (self.keys / "point.key").write_bytes(pair.key.raw)
        sealing_key(self.keys)
        event.listen(self.hub.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = 0"))
        pair.exchange()
        self.first_point, self.first_hub = Point(pair.path, pair.db).copied(), self.hub_copied()
        pair.db.conn.close()

    def hub_copied(self) -> bytes:
        """Return the hub's database as it is now."""
        with closing(self.hub.engine.raw_connection()) as raw:
            cursor = raw.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            assert cursor.fetchall()[0][0] == 0
        return self.hub.settings.database.read_bytes()

    def put_hub(self, copy: bytes) -> None:
        """Let the hub's database be *copy*."""
        self.hub.engine.dispose()
        self.hub.settings.database.write_bytes(copy)


class World:
    """A history in the making: the copies of the point, the hub, and what was kept of either."""

    def __init__(self, stage: Stage, chance: Chance, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.stage, self.chance, self.hub = stage, chance, stage.hub
        self.line = Line(self.hub, chance, meanwhile)
        self.files = 0
        self.hub_rewound = self.cloned = self.restored = self.carried = False
        self.backups = [stage.first_point]
        self.hubs = [stage.first_hub]
        stage.put_hub(stage.first_hub)
        self.points = [self._opened(stage.first_point)]

    def exchange(self, point: Point) -> Report | None:
        """Run one exchange of *point*, or as much of it as happens before its process dies: then None."""
        self.line.messages = 0
        return self.living(point, lambda: sync.exchange.exchange(point.db, self.stage.key, point.here, self.line))

    def living(self, point: Point, act: Callable[[], T]) -> T | None:
        """Let *point* do something; it may die over it and start again, then return None."""
        try:
            return act()
        except Crash:
            point.restart()
            return None

    def possible(self) -> set[str]:
        """Return what an exchange may end with: an alarm only where there is reason for one."""
        set_back = {"sync.cursor", "sync.said_otherwise"} if self.hub_rewound else set()
        return {""} | ({"sync.fork"} if self.cloned else set()) | set_back

    @property
    def may_lack_its_tail(self) -> bool:
        """Whether something may have come to the hub after a point had asked it for what it lacks."""
        return self.cloned or (self.restored and (self.carried or self.line.brought_late))

    def hub_writes(self) -> None:
        """Let the hub write something for the point."""
        tell(self.hub, Limits(records=self.chance.random.randrange(1, 99)))

    def back_up(self, point: Point) -> None:
        """Keep a copy of *point*."""
        self.backups.append(point.copied())

    def restore(self, place: int, copy: bytes) -> None:
        """Put *copy* in the place of a point, as people do."""
        self.restored = True
        source = self._new_file()
        source.write_bytes(copy)
        self.points[place].close()
        path = self._new_file()
        backup.restore(source, path, "", None)
        self.points[place] = Point.open(path)

    def clone(self, point: Point) -> None:
        """Copy a point without a restore, key and all, and go on with both."""
        self.points.append(self._opened(point.copied()))
        self.cloned = True

    def keep_hub(self) -> None:
        """Keep a copy of the hub."""
        self.hubs.append(self.stage.hub_copied())

    def rewind_hub(self, copy: bytes) -> None:
        """Set the hub back."""
        self.stage.put_hub(copy)
        self.hub_rewound = True

    def close(self) -> None:
        """Close every database."""
        for point in self.points:
            point.close()

    def _opened(self, copy: bytes) -> Point:
        path = self._new_file()
        path.write_bytes(copy)
        return Point.open(path)

    def _new_file(self) -> Path:
        self.files += 1
        path = self.stage.folder / f"{self.files}.db"
        for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            old.unlink(missing_ok=True)
        return path
