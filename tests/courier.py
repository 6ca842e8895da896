"""A point and a hub between which somebody carries a stick."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from hub import stick as hub_stick
from hub import stick_back as hub_stick_back
from hub.enrolment import enrol
from hub.installation import Installation
from hub.store.points import Point
from store import migrations
from store.connection import connect, write
from sync import stick as point_stick
from sync.enrolment import read_document
from sync.enrolment import take as enter
from sync.once import sealing_key
from sync.stick_back import Came
from tests.pair import STAMP, Line, Pair, new_pair
from wire.bundle import seal_bundle
from wire.keys import SigningKey
from wire.message import pack


class Carried(Pair):
    """A pair between which a stick goes to and fro; its key is where ``flask sync`` looks for it."""

    @property
    def keys(self) -> Path:
        """The point's folder of secrets."""
        return self.folder / "keys"

    @property
    def stick(self) -> Path:
        """The stick."""
        return self.folder / "stick"

    def out(self) -> list[Path]:
        """Export; return the files."""
        return [one.path for one in point_stick.export(self.db, self.keys, self.stick)]

    def at_hub(self, path: Path | None = None) -> list[hub_stick.Taken]:
        """Import at the hub."""
        return hub_stick.take(self.hub, path or self.stick)

    def back(self) -> list[Path]:
        """Export at the hub."""
        return hub_stick_back.give(self.hub, self.stick)

    def home(self, path: Path | None = None) -> list[Came]:
        """Import at the point."""
        return point_stick.take(self.db, self.keys, path or self.stick)

    def round(self) -> Came:
        """There and back once."""
        self.out()
        self.at_hub()
        self.back()
        return self.home()[-1]


def carried(folder: Path) -> Carried:
    """Make a point and a hub and a stick."""
    plain = new_pair(folder)
    pair = Carried(plain.folder, plain.hub, plain.db, plain.key, Line(plain.hub))
    pair.keys.mkdir()
    pair.stick.mkdir()
    (pair.keys / "point.key").write_bytes(plain.key.raw)
    return pair


def carried_at(home: Installation, folder: Path, code: str) -> Carried:
    """Make another point of the same hub."""
    folder.mkdir()
    key = SigningKey.generate()
    document = msgspec.json.encode(enrol(home, Point(replace(STAMP, code=code), "540234", ""), key.public))
    db = connect(folder / "point.db")
    migrations.migrate(db)
    with write(db):
        enter(db, read_document(document))
    other = Carried(folder, home, db, key, Line(home))
    other.keys.mkdir()
    (other.keys / "point.key").write_bytes(key.raw)
    return other


def answer(pair: Carried, key: SigningKey | None = None, **changes: Any) -> bytes:
    """Return a sealed answer of the hub to what is on the stick, changed."""
    nonce = pair.db.execute("SELECT nonce FROM bundled").fetchone()[0]
    header = {"sender": pair.hub.name, "receiver": "JL", "nonce": nonce} | changes
    return seal_bundle([pack(key or pair.hub.key, **header)], sealing_key(pair.keys).recipient)
