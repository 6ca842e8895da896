"""A point and a hub that know each other, both real, on this disk; between them a line that a test may break."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select
from sqlite_utils import Database

import hub.exchange
from domain.application import PointStamp
from domain.words import PointKind
from hub.enrolment import enrol
from hub.installation import Installation, open_installation
from hub.store import tables
from hub.store.engine import read
from hub.store.points import Point
from store import applications, inbox, installation
from store.clock import now
from store.connection import connect, write
from sync.enrolment import read_document, take
from sync.exchange import Report, exchange
from tests import insurer, prepared
from tests.insurer import application, with_product
from wire.entry import SALT_BYTES, Entry, Revision, place
from wire.keys import SigningKey
from wire.message import open_message, pack

Change = Callable[[bytes], bytes]
DOWN = "hub/JL"
STAMP = PointStamp(code="JL", name="示例服务点", kind=PointKind.COOPERATIVE)


def unchanged(data: bytes) -> bytes:
    """Let a message pass."""
    return data


def known(entries: list[Entry]) -> list[tuple[str, int]]:
    """Return what entries are known by: (record id, revision)."""
    return [(entry.record_id, entry.revision) for entry in entries]


@dataclass
class Line:
    """A line to *hub*; ``up`` and ``down`` may change what passes or raise, every message and answer is kept."""

    hub: Installation
    up: Change = unchanged
    down: Change = unchanged
    messages: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)

    def send(self, message: bytes) -> bytes:
        """Bring *message* to the hub and its answer back."""
        self.messages.append(message)
        answer = hub.exchange.exchange(self.hub, self.up(message)).body
        self.answers.append(answer)
        return self.down(answer)


@dataclass
class Pair:
    """The point's database and key, the hub, and the line between them."""

    folder: Path
    hub: Installation
    db: Database
    key: SigningKey
    line: Line

    @property
    def here(self) -> installation.Installation:
        """What the point knows of itself and its hub."""
        return installation.get(self.db)

    @property
    def path(self) -> Path:
        """The point's database file."""
        return self.folder / "point.db"

    def submit(self, count: int = 1) -> list[Entry]:
        """Take *count* applications at the counter."""
        entries = []
        for _ in range(count):
            with write(self.db):
                entries.append(applications.append(self.db, application(STAMP), "示例柜员"))
        return entries

    def exchange(self) -> Report:
        """Run one whole exchange."""
        return exchange(self.db, self.key, self.here, self.line)

    def sent(self) -> list[tuple[Entry, ...]]:
        """Return what each message of ours brought."""
        return [open_message(message, self.key.public).entries for message in self.line.messages]

    def mark(self) -> tuple[int, int, int]:
        """Return (sent, acked, frozen) summed over our streams."""
        row = self.db.execute("SELECT total(sent), total(acked), total(frozen) FROM mark").fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    def at_the_hub(self) -> list[tuple[str, int]]:
        """Return (record id, revision) of every application the hub's journal holds, in order."""
        entry = tables.entry
        query = select(entry.c.record_id, entry.c.revision).where(entry.c.kind == "application")
        with read(self.hub.engine) as connection:
            return [(row[0], row[1]) for row in connection.execute(query.order_by(entry.c.position))]

    def restated(self, key: SigningKey | None = None, **changes: Any) -> Change:
        """Let the hub's answer say something else, under a good signature of the hub (or of *key*)."""

        def change(answer: bytes) -> bytes:
            said = open_message(answer, self.hub.key.public)
            names = ("sender", "receiver", "nonce", "ack", "problem")
            as_it_was = {name: getattr(said.header, name) for name in names}
            return pack(key or self.hub.key, **{**as_it_was, "entries": said.entries, **changes})

        return change

    def next_from_hub(self, body: bytes, kind: str, producer: str = DOWN, record_id: str = "0" * 36) -> Entry:
        """Make the entry that would come down next."""
        cursor = inbox.cursor(self.db, DOWN)
        assert cursor
        revision = Revision(
            record_id=record_id, kind=kind, revision=1, form_version=1, made_at=now(), made_by="x", body=body
        )
        seq = cursor.seq + 1
        return place(
            revision, producer=producer, epoch=cursor.epoch, seq=seq, prev_hash=cursor.hash, salt=b"s" * SALT_BYTES
        )

    def clone(self, folder: Path) -> "Pair":
        """Copy the point's database, key and all, as people do who move to another machine without a restore."""
        folder.mkdir()
        clone = Pair(folder, self.hub, self.db, self.key, Line(self.hub))
        self.db.execute("VACUUM INTO ?", [str(clone.path)])
        clone.db = connect(clone.path)
        return clone

    def reopen(self) -> None:
        """Open the point's database file again, as after a restart."""
        self.db.conn.close()
        self.db = connect(self.path)


def new_hub(folder: Path) -> Installation:
    """Make a hub that has the sample product."""
    settings = insurer.settings(folder)
    prepared.hub(settings.database)
    return with_product(open_installation(settings))


def new_pair(folder: Path) -> Pair:
    """Make a hub and a point, and enrol the point by the document the hub gives."""
    home, key = new_hub(folder / "hub"), SigningKey.generate()
    document = msgspec.json.encode(enrol(home, Point(STAMP, "540234", ""), key.public))
    prepared.point(folder / "point.db")
    db = connect(folder / "point.db")
    with write(db):
        take(db, read_document(document))
    return Pair(folder, home, db, key, Line(home))
