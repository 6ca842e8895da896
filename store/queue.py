"""The queue (待传): every record the insurer has not confirmed, in the order in which it is sent."""

import msgspec
from sqlite_utils import Database

from domain.errors import Problem
from store import journal, offers
from store.exchange import LINE_BYTES
from store.streams import Stream, ours

PAGE = 50
_ITEMS = """
SELECT journal.seq, journal.kind, journal.revision, coalesce(application.reference, ''), length(journal.body),
    coalesce(offer.tries, 0), offer.tried_at, coalesce(offer.problem, '') FROM journal
LEFT JOIN application ON application.record_id = journal.record_id
LEFT JOIN offer ON offer.producer = journal.producer AND offer.epoch = journal.epoch AND offer.seq = journal.seq
WHERE journal.producer = ? AND journal.epoch = ? AND journal.seq > ? ORDER BY journal.seq LIMIT ?
"""
_SIZE = "SELECT count(*), total(length(body) + ?) FROM journal WHERE producer = ? AND epoch = ? AND seq > ?"


class Item(msgspec.Struct, frozen=True):
    """One record revision. *state* is pending, sent, carried or frozen; *size* its bytes before compression."""

    kind: str
    revision: int
    reference: str
    size: int
    state: str
    tries: int
    tried_at: str | None
    problem: str

    @property
    def trouble(self) -> Problem | None:
        """Why the last try failed, ready to be said, or None."""
        return Problem("", self.problem) if self.problem else None


class Load(msgspec.Struct, frozen=True):
    """All that is not confirmed: records, and what of it may move, in bytes; *pace* is in bytes a second."""

    records: int
    bytes: int
    pace: float | None

    @property
    def seconds(self) -> float | None:
        """How long the rest takes at the measured pace; None when nothing waits or nothing was measured."""
        return self.bytes / self.pace if self.bytes and self.pace else None


def load(db: Database) -> Load:
    """Sum up what waits."""
    records = moving = 0
    for one in ours(db):
        count, size = db.execute(_SIZE, [LINE_BYTES, one.producer, one.epoch, one.acked]).fetchone()
        records += count
        moving += 0 if one.frozen else int(size)
    return Load(records, moving, offers.pace(db))


def page(db: Database, skip: int = 0, limit: int = PAGE) -> list[Item]:
    """Return up to *limit* records after the first *skip*, oldest first."""
    items: list[Item] = []
    for one in ours(db):
        # Places in a stream have no holes, so skipping is counting.
        here = db.execute(_ITEMS, [one.producer, one.epoch, one.acked + skip, limit - len(items)]).fetchall()
        items += [_item(row, one) for row in here]
        skip = max(0, skip - _count(db, one))
    return items


def _count(db: Database, stream: Stream) -> int:
    return max(0, journal.head(db, stream.producer, stream.epoch)[0] - stream.acked)


def _item(row: tuple[int, str, int, str, int, int, str | None, str], stream: Stream) -> Item:
    seq, kind, revision, reference, size, tries, tried_at, problem = row
    return Item(kind, revision, reference, size, _state(stream, seq), tries, tried_at, problem)


def _state(stream: Stream, seq: int) -> str:
    if stream.frozen:
        return "frozen"
    if seq <= stream.carried:
        return "carried"
    return "sent" if seq <= stream.sent else "pending"
