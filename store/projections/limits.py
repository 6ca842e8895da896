"""The limits the insurer set: the newest alone holds."""

import msgspec
from sqlite_utils import Database

from domain.limits import Limits
from wire.entry import Entry

_decoder = msgspec.json.Decoder(Limits)


def project(db: Database, _journal_id: int, entry: Entry) -> None:
    """Let these limits take the place of those before."""
    limits = _decoder.decode(entry.body)
    db.execute("INSERT OR REPLACE INTO limits (id, days, records) VALUES (1, ?, ?)", [limits.days, limits.records])


def clear(db: Database) -> None:
    """Forget the limits."""
    db.execute("DELETE FROM limits")
