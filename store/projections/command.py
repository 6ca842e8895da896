"""The insurer's commands in the order in which they came, each open until our own answer to it is written."""

import msgspec
from sqlite_utils import Database

from domain.command import Command
from wire.entry import Entry

_decoder = msgspec.json.Decoder(Command)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Put the command behind those that came before."""
    command = _decoder.decode(entry.body)
    db.execute(
        "INSERT OR IGNORE INTO command (record_id, verb, subject, journal) VALUES (?, ?, ?, ?)",
        [entry.record_id, command.verb, command.subject, journal_id],
    )


def clear(db: Database) -> None:
    """Forget all commands."""
    db.execute("DELETE FROM command")
