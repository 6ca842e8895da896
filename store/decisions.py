"""Decisions (核保决定) that came back: read them, and remember which were looked at."""

import msgspec
from sqlite_utils import Database

from domain.decision import Decision
from store import journal
from store.clock import now
from store.connection import write

UNSEEN = """
SELECT application.reference, application.policyholder, decision.outcome FROM decision
JOIN application ON application.record_id = decision.application
WHERE decision.seen = 0 ORDER BY decision.journal DESC LIMIT ?
"""
_decoder = msgspec.json.Decoder(Decision)


def of(db: Database, application: str) -> list[Decision]:
    """Return every decision on an application, oldest first."""
    rows = db.execute("SELECT journal FROM decision WHERE application = ? ORDER BY journal", [application]).fetchall()
    return [_decoder.decode(journal.at(db, row[0]).body) for row in rows]


def unseen(db: Database, limit: int = 20) -> list[tuple[str, str, str]]:
    """Return (reference, policyholder, outcome) of decisions nobody has looked at, newest first."""
    return [tuple(row) for row in db.execute(UNSEEN, [limit])]


def count_unseen(db: Database) -> int:
    """Count the decisions nobody has looked at."""
    return int(db.execute("SELECT count(*) FROM decision WHERE seen = 0").fetchone()[0])


def mark_seen(db: Database, application: str) -> None:
    """Remember that somebody looked at the decisions on an application."""
    if not db.execute("SELECT 1 FROM decision WHERE application = ? AND seen = 0", [application]).fetchone():
        return
    with write(db):
        db.execute(
            "INSERT OR IGNORE INTO decision_seen (decision, seen_at)"
            " SELECT record_id, ? FROM decision WHERE application = ?",
            [now(), application],
        )
        db.execute("UPDATE decision SET seen = 1 WHERE application = ?", [application])
