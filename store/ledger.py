"""The ledger of truth (账): how many applications are here, sent, and confirmed by the insurer."""

from datetime import UTC, date, datetime, timedelta

import msgspec
from sqlite_utils import Database

from domain.errors import Problem
from store.streams import Stream, ours


class Ledger(msgspec.Struct, frozen=True):
    """Counts of applications by where their newest revision is; *carried* are on a stick, whether also sent or not."""

    total: int
    confirmed: int
    sent: int
    pending: int
    carried: int = 0


class Contact(msgspec.Struct, frozen=True):
    """The last exchange: when tried, when the hub really answered (UTC), what went wrong; and when the next is due.

    *heard_at* is when the newest of what a stick brought an answer to had left: the hub spoke after that.
    """

    tried_at: str | None
    answered_at: str | None
    problem: str
    next_at: str | None = None
    heard_at: str | None = None

    @property
    def last_word(self) -> str | None:
        """The latest moment after which the hub certainly spoke, over the line or by stick; None when it never did."""
        return max(self.answered_at or "", self.heard_at or "") or None

    @property
    def up(self) -> bool | None:
        """Whether the hub itself answered the last time it was asked; None when it never was."""
        return None if self.tried_at is None else (self.answered_at or "") >= self.tried_at

    @property
    def seconds_left(self) -> int:
        """How long until the next exchange begins by itself; 0 when none is due."""
        due = datetime.fromisoformat(self.next_at) - datetime.now(UTC) if self.next_at else timedelta()
        return max(0, round(due.total_seconds()))

    @property
    def trouble(self) -> Problem | None:
        """What went wrong, ready to be said, or None."""
        return Problem("", self.problem) if self.problem else None


def count(db: Database) -> Ledger:
    """Count without reading every application: only what is not yet confirmed is looked at."""
    row = db.execute("SELECT value FROM tally WHERE name = 'application'").fetchone()
    total = row[0] if row else 0
    pending = sent = carried = 0
    for one in ours(db):
        carried += _between(db, one, one.acked, one.carried)
        sent += _between(db, one, max(one.acked, one.carried), one.sent)
        pending += _between(db, one, max(one.acked, one.carried, one.sent), None)
    confirmed = total - carried - sent - pending
    return Ledger(total=total, confirmed=confirmed, sent=sent, pending=pending, carried=carried)


def contact(db: Database) -> Contact:
    """Return the last word on the link."""
    return Contact(*db.execute("SELECT tried_at, answered_at, problem, next_at, heard_at FROM contact").fetchone())


def taken_on(db: Database, day: date) -> int:
    """Count the applications taken on *day*."""
    return int(db.execute("SELECT count(*) FROM application WHERE applied_on = ?", [str(day)]).fetchone()[0])


def waiting(db: Database, outcome: str) -> int:
    """Count the applications whose newest revision has this outcome."""
    return int(db.execute("SELECT count(*) FROM application WHERE outcome = ?", [outcome]).fetchone()[0])


def _between(db: Database, stream: Stream, after: int, until: int | None) -> int:
    row = db.execute(
        "SELECT count(*) FROM application WHERE producer = ? AND epoch = ? AND seq > ? AND (? IS NULL OR seq <= ?)",
        [stream.producer, stream.epoch, after, until, until],
    ).fetchone()
    return int(row[0])
