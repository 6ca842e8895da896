"""Our answers to commands: each closes the command it is about."""

import msgspec
from sqlite_utils import Database

from domain.command import CarriedOut
from wire.entry import Entry

_decoder = msgspec.json.Decoder(CarriedOut)


def project(db: Database, _journal_id: int, entry: Entry) -> None:
    """Say what came of the command."""
    answer = _decoder.decode(entry.body)
    db.execute("UPDATE command SET result = ? WHERE record_id = ?", [answer.result, answer.command])


def clear(_db: Database) -> None:
    """Nothing is kept here but in the commands themselves."""
