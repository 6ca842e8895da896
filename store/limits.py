"""The insurer's limits (同步限额) as they stand at this moment; without any, nothing is limited."""

from datetime import UTC, datetime

from sqlite_utils import Database

from domain.errors import Refused
from domain.limits import Limits, Room
from store import ledger


def room(db: Database) -> Room:
    """Return what is used of the limits that came last."""
    row = db.execute("SELECT days, records FROM limits").fetchone()
    if row is None:
        return Room()
    counts = ledger.count(db)
    return Room(Limits(days=row[0], records=row[1]), _days_alone(db), counts.total - counts.confirmed)


def require_room(db: Database) -> None:
    """Raise Refused when no new application may be submitted before the next exchange."""
    if problem := room(db).reached:
        raise Refused(problem.code, **problem.values)


def _days_alone(db: Database) -> int:
    said = ledger.contact(db).last_word or db.execute("SELECT max(enrolled_at) FROM installation").fetchone()[0]
    # A clock that was set back counts like one that went on, so that it never prolongs anything.
    return abs(datetime.now(UTC) - datetime.fromisoformat(said)).days if said else 0
