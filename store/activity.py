"""What people did at the counter, kept in the journal like every other fact."""

from sqlite_utils import Database

from domain.activity import Action, Activity
from domain.canonical import canonical
from domain.uuid7 import new_uuid7
from store import installation, journal
from store.clock import now
from store.connection import write
from wire.entry import Revision

ACTIVITY_VERSION = 1


def note(db: Database, staff_id: str, action: Action, subject: str = "") -> None:
    """Keep what *staff_id* did, durably; before the point is enrolled there is no journal to keep it in."""
    with write(db):
        append(db, staff_id, action, subject)


def append(db: Database, staff_id: str, action: Action, subject: str = "") -> None:
    """Keep what *staff_id* did inside the caller's transaction."""
    if installation.find(db) is None:
        return
    journal.append(
        db,
        Revision(
            record_id=new_uuid7(),
            kind="activity",
            revision=1,
            form_version=ACTIVITY_VERSION,
            made_at=now(),
            made_by=staff_id,
            body=canonical(Activity(action=action, staff=staff_id, subject=subject)),
        ),
    )
