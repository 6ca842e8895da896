"""The queue (待传): every record the insurer has not confirmed, in the order in which it is sent."""

import msgspec
from sqlite_utils import Database

from domain.errors import Problem
from store import offers
from store.exchange import LINE_BYTES

PAGE = 50
_STREAMS = """
SELECT epoch.producer, epoch.epoch, coalesce(mark.acked, 0), coalesce(mark.sent, 0),
    coalesce(mark.carried, 0), coalesce(mark.frozen, 0)
FROM epoch LEFT JOIN mark ON mark.producer = epoch.producer AND mark.epoch = epoch.epoch ORDER BY epoch.ordinal
"""
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
    for producer, epoch, acked, _, _, frozen in db.execute(_STREAMS).fetchall():
        count, size = db.execute(_SIZE, [LINE_BYTES, producer, epoch, acked]).fetchone()
        records += count
        moving += 0 if frozen else int(size)
    return Load(records, moving, offers.pace(db))


def page(db: Database, skip: int = 0, limit: int = PAGE) -> list[Item]:
    """Return up to *limit* records after the first *skip*, oldest first."""
    items: list[Item] = []
    for producer, epoch, acked, sent, carried, frozen in db.execute(_STREAMS).fetchall():
        # Places in a stream have no holes, so skipping is counting.
        here = db.execute(_ITEMS, [producer, epoch, acked + skip, limit - len(items)]).fetchall()
        items += [_item(row, sent, carried, bool(frozen)) for row in here]
        skip = max(0, skip - _count(db, producer, epoch, acked))
    return items


def _count(db: Database, producer: str, epoch: str, acked: int) -> int:
    row = db.execute("SELECT max(seq) FROM journal WHERE producer = ? AND epoch = ?", [producer, epoch]).fetchone()
    return max(0, (row[0] or 0) - acked)


def _item(row: tuple[int, str, int, str, int, int, str | None, str], sent: int, carried: int, frozen: bool) -> Item:
    seq, kind, revision, reference, size, tries, tried_at, problem = row
    state = "frozen" if frozen else "carried" if seq <= carried else "sent" if seq <= sent else "pending"
    return Item(kind, revision, reference, size, state, tries, tried_at, problem)
