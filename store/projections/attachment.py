"""Which picture belongs to which application."""

import msgspec
from sqlite_utils import Database

from domain.attachment import Attachment
from wire.entry import Entry

_INSERT = """
INSERT OR IGNORE INTO attachment (record_id, application, sha256, size, producer, epoch, seq, journal)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_decoder = msgspec.json.Decoder(Attachment)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """List the picture; nothing about it is ever revised."""
    read = _decoder.decode(entry.body)
    place = (entry.producer, entry.epoch, entry.seq, journal_id)
    db.execute(_INSERT, [entry.record_id, read.application, read.digest, read.size, *place])


def remove(db: Database, application: str) -> None:
    """Forget which pictures belong to one application."""
    db.execute("DELETE FROM attachment WHERE application = ?", [application])


def clear(db: Database) -> None:
    """Forget which picture belongs where; the pictures stay."""
    db.execute("DELETE FROM attachment")
