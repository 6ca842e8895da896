"""What each try to send left behind (传送记录): tries and reasons of each entry, and the pace of the line."""

from collections.abc import Sequence

from sqlite_utils import Database

from store.clock import now
from store.exchange import LINE_BYTES
from wire.entry import Entry

REMEMBERED = 8
_OFFER = """
INSERT INTO offer (producer, epoch, seq, tries, tried_at)
SELECT producer, epoch, seq, 1, :now FROM journal
WHERE producer = :producer AND epoch = :epoch AND seq BETWEEN :first AND :last
ON CONFLICT (producer, epoch, seq) DO UPDATE SET tries = tries + 1, tried_at = excluded.tried_at, problem = ''
"""
_FORGET = """
DELETE FROM offer WHERE seq <= (
    SELECT acked FROM mark WHERE mark.producer = offer.producer AND mark.epoch = offer.epoch
)
"""


def began(db: Database, at: str, waiting: int) -> None:
    """Remember that an exchange begins, and how many entries wait for it."""
    db.execute("INSERT OR REPLACE INTO progress (id, began_at, waiting) VALUES (1, ?, ?)", [at, waiting])


def waited(db: Database) -> int:
    """Return how many entries waited when the last exchange began."""
    row = db.execute("SELECT waiting FROM progress").fetchone()
    return int(row[0]) if row else 0


def offered(db: Database, batch: Sequence[Entry]) -> None:
    """Count one more try for every entry of *batch*, a run of one stream."""
    first, last = batch[0], batch[-1]
    values = {"producer": first.producer, "epoch": first.epoch, "first": first.seq, "last": last.seq, "now": now()}
    db.execute(_OFFER, values)


def size_of(batch: Sequence[Entry]) -> int:
    """Return the bytes of *batch* before compression, as batches are cut."""
    return sum(len(entry.body) + LINE_BYTES for entry in batch)


def measured(db: Database, batch: Sequence[Entry], seconds: float) -> None:
    """Remember that the hub signed for *batch* after *seconds*; only the last few such measurements count."""
    db.execute("INSERT INTO pace (bytes, seconds) VALUES (?, ?)", [size_of(batch), max(seconds, 1e-6)])
    db.execute("DELETE FROM pace WHERE id <= (SELECT max(id) FROM pace) - ?", [REMEMBERED])


def pace(db: Database) -> float | None:
    """Return the bytes of entries a second at which the last batches were confirmed, None before the first."""
    total, seconds = db.execute("SELECT total(bytes), total(seconds) FROM pace").fetchone()
    return total / seconds if seconds else None


def fitting(db: Database) -> int | None:
    """Return how many bytes of entries a message had when the line carried it last, None before the first."""
    row = db.execute("SELECT bytes FROM line").fetchone()
    return int(row[0]) if row else None


def fitted(db: Database, size: int) -> None:
    """Remember how large a message this line carries: the next exchange begins with it."""
    db.execute("INSERT OR REPLACE INTO line (id, bytes) VALUES (1, ?)", [size])


def ended(db: Database, began_at: str, problem: str) -> None:
    """Say of what was tried since *began_at* and is still here why, and forget the tries of what is confirmed."""
    db.execute(_FORGET)
    db.execute("UPDATE offer SET problem = ? WHERE tried_at >= ?", [problem, began_at])
