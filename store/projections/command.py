"""The insurer's commands in the order in which they came, each open until our own answer to it is here."""

import msgspec
from sqlite_utils import Database

from domain.command import Command
from wire.entry import Entry

_INSERT = """
INSERT OR IGNORE INTO command (record_id, verb, subject, journal, result)
VALUES (:record, :verb, :subject, :journal, (
    SELECT CAST(body AS TEXT) ->> '$.result' FROM journal
    WHERE kind = 'carried_out' AND CAST(body AS TEXT) ->> '$.command' = :record ORDER BY id DESC LIMIT 1
))
"""
_decoder = msgspec.json.Decoder(Command)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Put the command behind those that came before; after a restore our answer may be here before it."""
    read = _decoder.decode(entry.body)
    db.execute(_INSERT, {"record": entry.record_id, "verb": read.verb, "subject": read.subject, "journal": journal_id})


def clear(db: Database) -> None:
    """Forget all commands."""
    db.execute("DELETE FROM command")
