"""Receipts (收据) of applications that came from a phone: what was signed, kept so that it is answered again."""

from sqlite_utils import Database

from wire.receipt import Signed


def find(db: Database, record_id: str) -> Signed | None:
    """Return the receipt of a record, or None where it came another way or was erased."""
    row = db.execute("SELECT signed, signature FROM receipt WHERE record_id = ?", [record_id]).fetchone()
    return Signed(*row) if row else None


def keep(db: Database, signed: Signed) -> None:
    """Keep a receipt inside the transaction that takes its record."""
    receipt = signed.receipt
    db.execute(
        "INSERT INTO receipt (record_id, digest, signed, signature, received_at) VALUES (?, ?, ?, ?, ?)",
        [receipt.id, bytes.fromhex(receipt.digest), signed.signed, signed.signature, receipt.received_at],
    )


def remove(db: Database, record_id: str) -> None:
    """Take out the receipt of an erased record, inside the caller's transaction."""
    db.execute("DELETE FROM receipt WHERE record_id = ?", [record_id])
