"""Leads (转办线索): kept, listed and sent like any record."""

import msgspec
from sqlite_utils import Database

from domain.application import FORM_VERSION
from domain.canonical import canonical
from domain.lead import Lead
from store import drafts, journal
from store.clock import now
from store.connection import write
from wire.entry import Entry, Revision

_decoder = msgspec.json.Decoder(Lead)


def keep(db: Database, lead: Lead, draft_id: str, made_by: str) -> Entry:
    """Append *lead* and drop the draft it came from."""
    revision = Revision(
        record_id=lead.record_id,
        kind="lead",
        revision=1,
        form_version=FORM_VERSION,
        made_at=now(),
        made_by=made_by,
        body=canonical(lead),
    )
    with write(db):
        drafts.drop(db, draft_id, made_by)
        return journal.append(db, revision)


def newest(db: Database, limit: int = 50) -> list[Lead]:
    """Return the newest leads."""
    rows = db.execute("SELECT journal FROM lead ORDER BY journal DESC LIMIT ?", [limit]).fetchall()
    return [_decoder.decode(journal.at(db, row[0]).body) for row in rows]
