"""Which papers of a record, or of a day, were printed."""

import msgspec
from sqlite_utils import Database

from domain.print import Print
from wire.entry import Entry

_INSERT = "INSERT OR IGNORE INTO print (record_id, subject, paper, revision, journal) VALUES (?, ?, ?, ?, ?)"
_decoder = msgspec.json.Decoder(Print)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """List the print; nothing about it is ever revised."""
    read = _decoder.decode(entry.body)
    db.execute(_INSERT, [entry.record_id, read.subject, read.paper, read.revision, journal_id])


def remove(db: Database, subject: str) -> None:
    """Forget what was printed of one record."""
    db.execute("DELETE FROM print WHERE subject = ?", [subject])


def clear(db: Database) -> None:
    """Forget all prints."""
    db.execute("DELETE FROM print")
