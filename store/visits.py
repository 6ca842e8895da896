"""Visits from outside (外来访问次数): how often who came within the hour, for limits that a restart does not forget.

Who came is kept as an HMAC with a key of this installation only; a row lasts an hour.
"""

import hmac
import math
from collections.abc import Iterable

import msgspec
from sqlite_utils import Database

from store.connection import write

PERIOD = 300
PERIODS = 12
SUBJECT_BYTES = 16
_SEEN = "SELECT period, visits FROM visit WHERE kind = ? AND subject = ? AND period BETWEEN ? AND ? ORDER BY period"
_ADD = (
    "INSERT INTO visit (kind, subject, period, visits) VALUES (?, ?, ?, 1)"
    " ON CONFLICT DO UPDATE SET visits = visits + 1"
)


class Limit(msgspec.Struct, frozen=True):
    """At most so many visits of *kind* by one *subject* within an hour."""

    kind: str
    subject: bytes
    most: int


def subject(key: bytes, kind: str, text: str) -> bytes:
    """Return what stands for *text* in the counts of *kind*: 16 bytes that without *key* (32 bytes) say nothing."""
    return hmac.digest(key, f"{kind}\n{text}".encode(), "sha256")[:SUBJECT_BYTES]


def count(db: Database, limits: Iterable[Limit], at: float) -> int:
    """Count one visit at moment *at* against all of *limits*, or against none where one of them is reached.

    Returns 0, or the seconds until it would be let in. *at* is in seconds since 1970.
    """
    asked, now = tuple(limits), int(at) // PERIOD
    with write(db):
        wait = max(_wait(db, limit, now, at) for limit in asked)
        if not wait:
            # What lies ahead was counted before the clock was set back.
            db.execute("DELETE FROM visit WHERE period <= ? OR period > ?", [now - PERIODS, now])
            db.conn.executemany(_ADD, [(limit.kind, limit.subject, now) for limit in asked])
    return wait


def recent(db: Database, kind: str, subject: bytes, at: float) -> int:
    """Return how often *subject* came in this period and the one before: five to ten minutes."""
    now = int(at) // PERIOD
    return int(sum(visits for _, visits in db.execute(_SEEN, [kind, subject, now - 1, now])))


def _wait(db: Database, limit: Limit, now: int, at: float) -> int:
    seen: list[tuple[int, int]] = db.execute(_SEEN, [limit.kind, limit.subject, now - PERIODS + 1, now]).fetchall()
    left = sum(visits for _, visits in seen)
    if left < limit.most:
        return 0
    for period, visits in seen:
        left -= visits
        if left < limit.most:
            return math.ceil((period + PERIODS) * PERIOD - at)
    return PERIODS * PERIOD
