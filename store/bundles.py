"""What left on a stick (U盘): each message by its nonce, so that only an answer to it is taken when one comes back."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from sqlite_utils import Database

from store import journal
from store.clock import after, now
from store.streams import ours
from wire.entry import Entry

KEPT_DAYS = 180
_PRUNE = """
DELETE FROM bundled WHERE made_at < ? AND to_seq <= coalesce((
    SELECT acked FROM mark WHERE mark.producer = bundled.producer AND mark.epoch = bundled.epoch
), 0)
"""


class Bundled(msgspec.Struct, frozen=True):
    """What one message offered at *made_at*: entries *from_seq* to *to_seq*, the mark at *acked*; 0 to 0 only asks.

    *asks*: it asked for what the hub holds of our earlier streams, too.
    """

    nonce: str
    producer: str
    epoch: str
    from_seq: int
    to_seq: int
    acked: int
    made_at: str
    asks: bool = False


def streams(db: Database) -> list[tuple[str, str, int]]:
    """Return (producer, epoch, acknowledged seq) of every stream of ours that is not frozen, oldest first."""
    return [(one.producer, one.epoch, one.acked) for one in ours(db) if not one.frozen]


def remember(db: Database, nonce: str, batch: Sequence[Entry], asks: bool = False) -> None:
    """Remember a message before its first byte leaves, inside the caller's transaction."""
    producer, epoch = (batch[0].producer, batch[0].epoch) if batch else ("", "")
    first, last = (batch[0].seq, batch[-1].seq) if batch else (0, 0)
    values = [nonce, producer, epoch, first, last, acked(db, producer, epoch), now(), int(asks)]
    db.execute(
        "INSERT INTO bundled (nonce, producer, epoch, from_seq, to_seq, acked, made_at, asks)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )


def prune(db: Database) -> None:
    """Forget the messages of half a year ago that have nothing more to bring: the hub signed for all they offered."""
    db.execute(_PRUNE, [after(-timedelta(days=KEPT_DAYS))])


def find(db: Database, nonce: str) -> Bundled | None:
    """Return what left under *nonce*, or None: then whatever carries it is no answer to us."""
    row = db.execute(
        "SELECT nonce, producer, epoch, from_seq, to_seq, acked, made_at, asks FROM bundled WHERE nonce = ?", [nonce]
    ).fetchone()
    return Bundled(*row) if row else None


def entries(db: Database, bundled: Bundled) -> list[Entry]:
    """Return the entries that *bundled* brought."""
    count = bundled.to_seq - bundled.from_seq + 1 if bundled.to_seq else 0
    return list(journal.stream(db, bundled.producer, bundled.epoch, bundled.from_seq - 1, count))


def acked(db: Database, producer: str, epoch: str) -> int:
    """Return up to where the hub has signed for a stream."""
    row = db.execute("SELECT acked FROM mark WHERE producer = ? AND epoch = ?", [producer, epoch]).fetchone()
    return int(row[0]) if row else 0


def carry(db: Database, last: Entry) -> None:
    """Remember that everything up to *last* was written to a stick and read back from it."""
    db.execute(
        "INSERT INTO mark (producer, epoch, carried) VALUES (?, ?, ?)"
        " ON CONFLICT (producer, epoch) DO UPDATE SET carried = max(carried, excluded.carried)",
        [last.producer, last.epoch, last.seq],
    )
