"""Calendars: the newest version of each year, for everywhere and for each prefecture."""

import msgspec
from sqlite_utils import Database

from domain.calendar import Calendar
from wire.entry import Entry

_decoder = msgspec.json.Decoder(Calendar)
_UPSERT = """
INSERT INTO calendar (year, area, version, journal) VALUES (?, ?, ?, ?)
ON CONFLICT (year, area) DO UPDATE SET version = excluded.version, journal = excluded.journal
WHERE excluded.version >= calendar.version
"""


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Count by this version from now on."""
    new = _decoder.decode(entry.body)
    db.execute(_UPSERT, [new.year, new.area, new.version, journal_id])


def clear(db: Database) -> None:
    """Forget all calendars."""
    db.execute("DELETE FROM calendar")
