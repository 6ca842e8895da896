"""The applications as people list and search them; a later revision replaces the row and keeps its place."""

import msgspec
from sqlite_utils import Database

from domain.application import Application
from store.projections import blank
from store.search_terms import terms_of
from wire.entry import Entry

_UPSERT = """
INSERT INTO application (record_id, reference, revision, producer, epoch, seq, policyholder, id_number,
    buyer, buyers, amount_fen, payable_fen, county, applied_on)
VALUES (:record_id, :reference, :revision, :producer, :epoch, :seq, :policyholder, :id_number,
    :buyer, :buyers, :amount_fen, :payable_fen, :county, :applied_on)
ON CONFLICT (record_id) DO UPDATE SET revision = excluded.revision, producer = excluded.producer,
    epoch = excluded.epoch, seq = excluded.seq, policyholder = excluded.policyholder,
    id_number = excluded.id_number, buyer = excluded.buyer, buyers = excluded.buyers,
    amount_fen = excluded.amount_fen, payable_fen = excluded.payable_fen, county = excluded.county,
    applied_on = excluded.applied_on, outcome = NULL, policy_number = ''
RETURNING id
"""
_decoder = msgspec.json.Decoder(Application)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Show the newest revision of an application; after a restore an earlier one, or the same, may come later."""
    application = _decoder.decode(entry.body)
    shown = db.execute("SELECT revision FROM application WHERE record_id = ?", [entry.record_id]).fetchone()
    if shown and shown[0] > entry.revision:
        return
    row_id = db.execute(_UPSERT, _row(entry, application)).fetchone()[0]
    if shown is None:
        db.execute(
            "INSERT INTO tally (name, value) VALUES ('application', 1)"
            " ON CONFLICT (name) DO UPDATE SET value = value + 1"
        )
        blank.keyed_in(db, entry.record_id)
    else:
        db.execute("DELETE FROM invoice WHERE application = ?", [row_id])
        db.execute("DELETE FROM application_search WHERE rowid = ?", [row_id])
    _index(db, row_id, application)


def remove(db: Database, record_id: str) -> None:
    """Forget one application, and let nothing of its terms stay in the index."""
    row = db.execute("SELECT id FROM application WHERE record_id = ?", [record_id]).fetchone()
    if row is None:
        return
    db.execute("DELETE FROM application WHERE id = ?", [row[0]])
    db.execute("UPDATE tally SET value = value - 1 WHERE name = 'application'")
    db.execute("DELETE FROM tally WHERE name = 'application' AND value = 0")
    db.execute("DELETE FROM application_search WHERE rowid = ?", [row[0]])
    # What is deleted stays readable in the old segments until they are written anew.
    db.execute("INSERT INTO application_search (application_search) VALUES ('optimize')")


def clear(db: Database) -> None:
    """Forget all applications."""
    db.execute("DELETE FROM invoice")
    db.execute("DELETE FROM application")
    db.execute("DELETE FROM tally WHERE name = 'application'")
    db.execute("INSERT INTO application_search (application_search) VALUES ('delete-all')")


def _row(entry: Entry, application: Application) -> dict[str, object]:
    return {
        "record_id": entry.record_id,
        "reference": application.reference,
        "revision": entry.revision,
        "producer": entry.producer,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "policyholder": application.policyholder.name,
        "id_number": application.policyholder.id_number,
        "buyer": application.buyers[0].name,
        "buyers": len(application.buyers),
        "amount_fen": sum(buyer.trade.amount_fen for buyer in application.buyers),
        "payable_fen": application.quote.payable_fen if application.quote else 0,
        "county": application.policyholder.county,
        "applied_on": str(application.applied_on),
    }


def _index(db: Database, row_id: int, application: Application) -> None:
    db.execute("INSERT INTO application_search (rowid, terms) VALUES (?, ?)", [row_id, terms_of(application)])
    seller = application.policyholder.id_number
    for buyer in application.buyers:
        if buyer.trade.invoice_number:
            db.execute(
                "INSERT OR IGNORE INTO invoice (application, seller, number, buyer) VALUES (?, ?, ?, ?)",
                [row_id, seller, buyer.trade.invoice_number, buyer.name],
            )
