"""What happened to an application (经过), in order: revisions, sending, decisions, prints."""

import msgspec
from sqlite_utils import Database

from domain.attachment import SIGNED_FORM
from store import journal, prints

_FIRST_CONFIRMED = """
SELECT acknowledged.hub_time FROM journal
JOIN mark ON mark.producer = journal.producer AND mark.epoch = journal.epoch AND mark.acked >= journal.seq
JOIN acknowledged ON acknowledged.producer = journal.producer AND acknowledged.epoch = journal.epoch
    AND acknowledged.seq >= journal.seq
WHERE journal.record_id = ? ORDER BY journal.revision DESC, acknowledged.seq LIMIT 1
"""
_SIGNED = """
SELECT journal.made_at, CAST(journal.body AS TEXT) ->> '$.revision', journal.made_by FROM attachment
JOIN journal ON journal.id = attachment.journal
WHERE attachment.application = ? AND CAST(journal.body AS TEXT) ->> '$.document' = ? ORDER BY journal.id
"""


class Event(msgspec.Struct, frozen=True):
    """One thing that happened. ``what`` is submitted, corrected, confirmed, decided, printed, signed or revealed.

    *detail* is the revision, the outcome, the paper, or nothing.
    """

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
    later = (_confirmed, _decided, _printed, _signed, _done)
    return sorted([*events, *(event for found in later for event in found(db, record_id))], key=_order)


def _confirmed(db: Database, record_id: str) -> list[Event]:
    return [Event(row[0], "confirmed") for row in db.execute(_FIRST_CONFIRMED, [record_id])]


def _decided(db: Database, record_id: str) -> list[Event]:
    rows = db.execute(
        "SELECT journal.made_at, decision.outcome FROM decision JOIN journal ON journal.id = decision.journal"
        " WHERE decision.application = ?",
        [record_id],
    )
    return [Event(row[0], "decided", row[1]) for row in rows]


def _printed(db: Database, record_id: str) -> list[Event]:
    return [Event(one.made_at, "printed", one.about.paper, one.made_by) for one in prints.of(db, record_id)]


def _signed(db: Database, record_id: str) -> list[Event]:
    rows = db.execute(_SIGNED, [record_id, SIGNED_FORM]).fetchall()
    return [Event(row[0], "signed", str(row[1] or 1), row[2]) for row in rows]


def _done(db: Database, record_id: str) -> list[Event]:
    rows = db.execute(
        "SELECT journal.made_at, activity.action, journal.made_by FROM activity"
        " JOIN journal ON journal.id = activity.journal WHERE activity.subject = ? ORDER BY journal.id",
        [record_id],
    )
    return [Event(row[0], row[1], "", row[2]) for row in rows]


def _order(event: Event) -> str:
    return event.when
