"""What happened to an application (经过), in order: revisions, sending, decisions, prints."""

import msgspec
from sqlite_utils import Database

from store import journal

_FIRST_CONFIRMED = """
SELECT acknowledged.hub_time FROM journal
JOIN mark ON mark.producer = journal.producer AND mark.epoch = journal.epoch AND mark.acked >= journal.seq
JOIN acknowledged ON acknowledged.producer = journal.producer AND acknowledged.epoch = journal.epoch
    AND acknowledged.seq >= journal.seq
WHERE journal.record_id = ? ORDER BY journal.revision DESC, acknowledged.seq LIMIT 1
"""


class Event(msgspec.Struct, frozen=True):
    """One thing that happened. ``what`` is submitted, corrected, confirmed, decided, printed or revealed."""

    when: str
    what: str
    detail: str = ""
    who: str = ""


def of(db: Database, record_id: str) -> list[Event]:
    """Return the events of an application, oldest first."""
    events = [
        Event(entry.made_at, "submitted" if entry.revision == 1 else "corrected", str(entry.revision), entry.made_by)
        for entry in journal.revisions(db, record_id)
    ]
    return sorted([*events, *_confirmed(db, record_id), *_decided(db, record_id), *_done(db, record_id)], key=_order)


def _confirmed(db: Database, record_id: str) -> list[Event]:
    return [Event(row[0], "confirmed") for row in db.execute(_FIRST_CONFIRMED, [record_id])]


def _decided(db: Database, record_id: str) -> list[Event]:
    rows = db.execute(
        "SELECT journal.made_at, decision.outcome FROM decision JOIN journal ON journal.id = decision.journal"
        " WHERE decision.application = ?",
        [record_id],
    )
    return [Event(row[0], "decided", row[1]) for row in rows]


def _done(db: Database, record_id: str) -> list[Event]:
    rows = db.execute(
        "SELECT journal.made_at, activity.action, journal.made_by FROM activity"
        " JOIN journal ON journal.id = activity.journal WHERE activity.subject = ? ORDER BY journal.id",
        [record_id],
    )
    return [Event(row[0], row[1], "", row[2]) for row in rows]


def _order(event: Event) -> str:
    return event.when
