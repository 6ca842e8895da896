"""Numbered blank forms and what became of each: out, keyed in as an application of the same id, or spoiled."""

import msgspec
from sqlite_utils import Database

from domain.blank import Blank
from domain.words import BlankState
from wire.entry import Entry

_UPSERT = """
INSERT INTO blank (record_id, application, reference, series, revision, state, journal)
VALUES (:record_id, :application, :reference, :series, :revision, :state, :journal)
ON CONFLICT (record_id) DO UPDATE SET revision = excluded.revision, state = excluded.state, journal = excluded.journal
WHERE excluded.revision >= blank.revision
"""
_KEYED_IN = "SELECT 1 FROM journal WHERE record_id = ? AND kind = 'application'"
_decoder = msgspec.json.Decoder(Blank)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Show the newest word on a number; an application of its id outweighs every other, also one that was erased."""
    read = _decoder.decode(entry.body)
    used = db.execute(_KEYED_IN, [read.application]).fetchone() is not None
    row = {
        "record_id": entry.record_id,
        "application": read.application,
        "reference": read.reference,
        "series": read.series,
        "revision": entry.revision,
        "state": BlankState.USED if used else read.state,
        "journal": journal_id,
    }
    db.execute(_UPSERT, row)


def keyed_in(db: Database, application: str) -> None:
    """Remember that the application with a blank form's id is here now."""
    db.execute("UPDATE blank SET state = ? WHERE application = ?", [BlankState.USED, application])


def clear(db: Database) -> None:
    """Forget all blank forms."""
    db.execute("DELETE FROM blank")
