"""What was done to a record: prints and looks at full numbers, found by the record."""

import msgspec
from sqlite_utils import Database

from domain.activity import Activity
from wire.entry import Entry

_decoder = msgspec.json.Decoder(Activity)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """List what has a subject; sign-ins have none and stay in the journal."""
    activity = _decoder.decode(entry.body)
    if activity.subject:
        db.execute(
            "INSERT INTO activity (journal, subject, action) VALUES (?, ?, ?)",
            [journal_id, activity.subject, activity.action],
        )


def clear(db: Database) -> None:
    """Forget all activities."""
    db.execute("DELETE FROM activity")
