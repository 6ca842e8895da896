"""Applications (投保申请): submit one, find, list and search them, with where each of them is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlite_utils import Database

from domain.application import FORM_VERSION, Application
from domain.canonical import canonical
from domain.errors import NotFound
from store import journal
from store.clock import now
from store.search_terms import match_of
from wire.entry import Entry, Revision

PAGE = 20
_COLUMNS = """application.id, application.record_id, reference, revision, policyholder, buyer, buyers, amount_fen,
    payable_fen, county, applied_on, outcome, policy_number,
    CASE WHEN application.seq <= coalesce(mark.acked, 0) THEN 'confirmed'
         WHEN application.seq <= coalesce(mark.carried, 0) THEN 'carried'
         WHEN application.seq <= coalesce(mark.sent, 0) THEN 'sent' ELSE 'pending' END"""
_FROM = "FROM application LEFT JOIN mark ON mark.producer = application.producer AND mark.epoch = application.epoch"
_decoder = msgspec.json.Decoder(Application)


class Summary(msgspec.Struct, frozen=True):
    """One line of a list. ``sync`` is pending, sent, carried or confirmed; ``outcome`` the insurer's answer or None."""

    id: int
    record_id: str
    reference: str
    revision: int
    policyholder: str
    buyer: str
    buyers: int
    amount_fen: int
    payable_fen: int
    county: str
    applied_on: str
    outcome: str | None
    policy_number: str
    sync: str


def append(db: Database, application: Application, made_by: str, revision: int = 1) -> Entry:
    """Append one revision inside the caller's transaction."""
    return journal.append(
        db,
        Revision(
            record_id=str(application.record_id),
            kind="application",
            revision=revision,
            form_version=FORM_VERSION,
            made_at=now(),
            made_by=made_by,
            body=canonical(application),
        ),
    )


def summary(db: Database, reference: str) -> Summary:
    """Return the line of one application by its reference; raise NotFound."""
    row = db.execute(f"SELECT {_COLUMNS} {_FROM} WHERE reference = ?", [reference]).fetchone()
    if row is None:
        raise NotFound("application.not_found")
    return Summary(*row)


def first_of(db: Database, references: Sequence[str]) -> str | None:
    """Return the first of *references* that is here, or None."""
    marks = ", ".join("?" * len(references))
    here = {row[0] for row in db.execute(f"SELECT reference FROM application WHERE reference IN ({marks})", references)}
    return next((reference for reference in references if reference in here), None)


def read(db: Database, record_id: str, revision: int | None = None) -> Application:
    """Return a revision of an application, the newest by default; raise NotFound."""
    entry = journal.find(db, record_id, revision)
    if entry is None or entry.kind != "application" or entry.erased:
        raise NotFound("application.not_found")
    return _decoder.decode(entry.body)


def page(db: Database, before: int | None = None, outcome: str = "", limit: int = PAGE) -> list[Summary]:
    """Return up to *limit* applications, newest first, older than row *before*.

    *outcome* is the insurer's answer, "undecided" for none yet, "unseen" for a decision nobody has looked at.
    """
    conditions: list[str] = []
    values: list[Any] = []
    if before is not None:
        conditions, values = ["application.id < ?"], [before]
    if outcome == "undecided":
        conditions.append("outcome IS NULL")
    elif outcome == "unseen":
        conditions.append("application.record_id IN (SELECT application FROM decision WHERE seen = 0)")
    elif outcome:
        conditions.append("outcome = ?")
        values.append(outcome)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = db.execute(f"SELECT {_COLUMNS} {_FROM} {where} ORDER BY application.id DESC LIMIT ?", [*values, limit])
    return [Summary(*row) for row in rows]


def taken_on(db: Database, day: date) -> list[Summary]:
    """Return every application of one day, in the order they came."""
    rows = db.execute(f"SELECT {_COLUMNS} {_FROM} WHERE applied_on = ? ORDER BY application.id", [str(day)])
    return [Summary(*row) for row in rows]


def search(db: Database, query: str, limit: int = PAGE) -> list[Summary]:
    """Return up to *limit* applications that match every word of *query*, newest first."""
    match = match_of(query)
    if match is None:
        return []
    rows = db.execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE application.id IN (SELECT rowid FROM application_search"
        " WHERE application_search MATCH ? ORDER BY rowid DESC LIMIT ?) ORDER BY application.id DESC",
        [match, limit],
    )
    return [Summary(*row) for row in rows]


def same_invoice(db: Database, application: Application) -> list[str]:
    """Return the references of other applications of this seller with an invoice number used here."""
    numbers = [buyer.trade.invoice_number for buyer in application.buyers if buyer.trade.invoice_number]
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        "SELECT DISTINCT reference FROM invoice JOIN application ON application.id = invoice.application"
        f" WHERE seller = ? AND number IN ({marks}) AND record_id <> ? ORDER BY reference",
        [application.policyholder.id_number, *numbers, application.record_id or ""],
    )
    return [row[0] for row in rows]
