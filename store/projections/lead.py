"""Leads: applicants referred elsewhere."""

import msgspec
from sqlite_utils import Database

from domain.lead import Lead
from wire.entry import Entry

_decoder = msgspec.json.Decoder(Lead)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """List the lead."""
    lead = _decoder.decode(entry.body)
    db.execute(
        "INSERT OR REPLACE INTO lead (record_id, applied_on, refer_to, contact, journal) VALUES (?, ?, ?, ?, ?)",
        [entry.record_id, str(lead.applied_on), lead.refer_to, lead.contact, journal_id],
    )


def clear(db: Database) -> None:
    """Forget all leads."""
    db.execute("DELETE FROM lead")
