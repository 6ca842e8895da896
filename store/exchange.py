"""What leaves for the hub and what the hub has signed for (交换进度): the marks move only with proof."""

from datetime import timedelta

from sqlite_utils import Database

from domain.errors import Conflict
from store import deliveries, journal
from store.clock import after, now
from store.streams import ours
from wire.entry import GENESIS, Entry
from wire.header import Ack

_ACKNOWLEDGE = """
INSERT INTO mark (producer, epoch, sent, acked, acked_hash, hub_time, proof)
VALUES (:producer, :epoch, :seq, :seq, :hash, :hub_time, :proof)
ON CONFLICT (producer, epoch) DO UPDATE SET sent = max(sent, excluded.sent), acked = excluded.acked,
    acked_hash = excluded.acked_hash, hub_time = excluded.hub_time, proof = excluded.proof
    WHERE excluded.acked > mark.acked
"""
_FIRST_CONFIRMED = """
INSERT INTO acknowledged (producer, epoch, seq, hub_time) VALUES (:producer, :epoch, :seq, :hub_time)
ON CONFLICT (producer, epoch, seq) DO NOTHING
"""
LINE_BYTES = 300


def next_batch(db: Database, max_bytes: int, max_entries: int) -> list[Entry]:
    """Return what to offer next: the oldest epoch's unacknowledged entries, in order, all of one stream.

    At least one entry when there is any, then no more than *max_bytes* before compression.
    A frozen stream offers nothing, and after a restore nothing is offered until ``asks_first`` is over.
    """
    if asks_first(db):
        return []
    for one in ours(db):
        batch = [] if one.frozen else run(db, one.producer, one.epoch, one.acked, max_bytes, max_entries)
        if batch:
            return batch
    return []


def asks_first(db: Database) -> bool:
    """Say whether the hub must be asked for our earlier entries before anything of this epoch is sent."""
    row = db.execute("SELECT behind FROM epoch ORDER BY ordinal DESC LIMIT 1").fetchone()
    return bool(row and row[0])


def run(db: Database, producer: str, epoch: str, after: int, max_bytes: int, max_entries: int) -> list[Entry]:
    """Return the entries of one stream that follow *after*, within the same limits as ``next_batch``."""
    batch: list[Entry] = []
    for entry in journal.stream(db, producer, epoch, after, max_entries):
        max_bytes -= len(entry.body) + LINE_BYTES
        if batch and max_bytes < 0:
            break
        batch.append(entry)
    return batch


def waiting(db: Database) -> int:
    """Count the entries, of any kind, that the hub has not signed for."""
    return sum(journal.head(db, one.producer, one.epoch)[0] - one.acked for one in ours(db))


def frozen(db: Database) -> bool:
    """Say whether a stream of ours is frozen: a person must look before it moves again."""
    return db.execute("SELECT 1 FROM mark WHERE frozen = 1 LIMIT 1").fetchone() is not None


def mark_sent(db: Database, entry: Entry) -> None:
    """Remember, before the first byte leaves, that everything up to *entry* was offered."""
    db.execute(
        "INSERT INTO mark (producer, epoch, sent) VALUES (?, ?, ?)"
        " ON CONFLICT (producer, epoch) DO UPDATE SET sent = max(sent, excluded.sent)",
        [entry.producer, entry.epoch, entry.seq],
    )


def record_ack(db: Database, ack: Ack, proof: bytes) -> bool:
    """Move the mark forward to what the hub signed for; say whether it moved.

    *proof* is the signed head of the hub's message. Raises Conflict, and changes nothing,
    when the hub's hash is not ours at that place. An older acknowledgement changes nothing.
    """
    if not _is_ours(db, ack.producer, ack.epoch, ack.seq, ack.hash):
        raise Conflict("sync.other_hash")
    values = {"producer": ack.producer, "epoch": ack.epoch, "seq": ack.seq, "hash": ack.hash}
    moved = db.execute(_ACKNOWLEDGE, values | {"hub_time": ack.hub_time, "proof": proof}).rowcount > 0
    if moved:
        db.execute(_FIRST_CONFIRMED, values | {"hub_time": ack.hub_time})
    return moved


def rewind(db: Database, producer: str, epoch: str, seq: int, digest: bytes) -> bool:
    """Take back what the hub no longer holds after *seq*, to offer it again; say whether the mark moved.

    A hub that has lost the end of one stream may have lost more, so all of our other streams are offered
    again from their beginning. Only the hub's fresh answer leads here. Raises Conflict when its hash is
    not ours there.
    """
    if not _is_ours(db, producer, epoch, seq, digest):
        raise Conflict("sync.other_hash")
    moved = db.execute(
        "UPDATE mark SET acked = ?, acked_hash = ?, proof = NULL WHERE producer = ? AND epoch = ? AND acked > ?",
        [seq, digest, producer, epoch, seq],
    )
    db.execute(
        "UPDATE mark SET acked = 0, acked_hash = NULL, proof = NULL"
        " WHERE frozen = 0 AND NOT (producer = ? AND epoch = ?)",
        [producer, epoch],
    )
    # The marks may stand where they stood once more: no stick of before may take them back again.
    db.execute("UPDATE bundled SET acked = -1")
    deliveries.forget(db)
    return moved.rowcount > 0


def freeze(db: Database, producer: str, epoch: str) -> None:
    """Offer nothing more of this stream: the hub holds something else in the same place."""
    db.execute(
        "INSERT INTO mark (producer, epoch, frozen) VALUES (?, ?, 1)"
        " ON CONFLICT (producer, epoch) DO UPDATE SET frozen = 1",
        [producer, epoch],
    )


def answered(db: Database) -> None:
    """Remember that the hub itself answered now."""
    db.execute("UPDATE contact SET answered_at = ?", [now()])


def heard(db: Database, left_at: str) -> None:
    """Remember that the hub answered what left on a stick at *left_at*; older answers change nothing."""
    db.execute("UPDATE contact SET heard_at = max(coalesce(heard_at, ''), ?)", [left_at])


def ended(db: Database, tried_at: str, problem: str) -> None:
    """Remember when the last exchange was tried and how it ended: the code of its problem, or empty."""
    db.execute("UPDATE contact SET tried_at = ?, problem = ?", [tried_at, problem])


def next_try(db: Database, seconds: float) -> None:
    """Remember that the next exchange begins by itself in *seconds*."""
    db.execute("UPDATE contact SET next_at = ?", [after(timedelta(seconds=seconds))])


def _is_ours(db: Database, producer: str, epoch: str, seq: int, digest: bytes) -> bool:
    if not db.execute("SELECT 1 FROM epoch WHERE producer = ? AND epoch = ?", [producer, epoch]).fetchone():
        return False
    if seq == 0:
        return digest == GENESIS
    row = db.execute(
        "SELECT hash FROM journal WHERE producer = ? AND epoch = ? AND seq = ?", [producer, epoch, seq]
    ).fetchone()
    return row is not None and row[0] == digest
