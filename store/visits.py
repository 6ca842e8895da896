"""Visits from outside (外来访问次数), counted so that a restart forgets none; a row lasts an hour."""

from collections.abc import Iterable

from sqlite_utils import Database

from domain.visits import PERIODS, Limit, period, wait
from store.connection import write

_SEEN = "SELECT period, visits FROM visit WHERE kind = ? AND subject = ? AND period BETWEEN ? AND ? ORDER BY period"
_ADD = (
    "INSERT INTO visit (kind, subject, period, visits) VALUES (?, ?, ?, 1)"
    " ON CONFLICT DO UPDATE SET visits = visits + 1"
)


def count(db: Database, limits: Iterable[Limit], at: float) -> int:
    """Count one visit at moment *at* against all of *limits*, or against none where one of them is reached.

    Returns 0, or the seconds until it would be let in. *at* is in seconds since 1970.
    """
    asked, now = tuple(limits), period(at)
    with write(db):
        longest = max(wait(_seen(db, one, now - PERIODS + 1, now), one.most, at) for one in asked)
        if not longest:
            # What lies ahead was counted before the clock was set back.
            db.execute("DELETE FROM visit WHERE period <= ? OR period > ?", [now - PERIODS, now])
            db.conn.executemany(_ADD, [(one.kind, one.subject, now) for one in asked])
    return longest


def recent(db: Database, kind: str, subject: bytes, at: float) -> int:
    """Return how often *subject* came in this window and the one before: five to ten minutes."""
    now = period(at)
    return sum(visits for _, visits in _seen(db, Limit(kind, subject, 0), now - 1, now))


def _seen(db: Database, limit: Limit, first: int, last: int) -> list[tuple[int, int]]:
    rows = db.execute(_SEEN, [limit.kind, limit.subject, first, last])
    return [(row[0], row[1]) for row in rows]
