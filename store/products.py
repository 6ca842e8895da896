"""The products this point holds (保险产品), newest version first."""

from datetime import date

import msgspec
from sqlite_utils import Database

from domain.product import Product, SignedProduct
from store import journal

_decoder = msgspec.json.Decoder(SignedProduct)


def newest(db: Database) -> Product | None:
    """Return the newest version of the product that came last, in force or not, or None."""
    row = db.execute("SELECT journal FROM product ORDER BY valid_from DESC, version DESC LIMIT 1").fetchone()
    return _read(db, row[0]) if row else None


def in_force(db: Database, day: date) -> Product | None:
    """Return the newest version that may quote on *day*, or None."""
    row = db.execute(
        "SELECT journal FROM product WHERE valid_from <= ? AND valid_to >= ? ORDER BY version DESC LIMIT 1",
        [str(day), str(day)],
    ).fetchone()
    return _read(db, row[0]) if row else None


def find(db: Database, product_id: str, version: int) -> Product | None:
    """Return exactly this version, for a reprint, or None."""
    row = db.execute("SELECT journal FROM product WHERE id = ? AND version = ?", [product_id, version]).fetchone()
    return _read(db, row[0]) if row else None


def _read(db: Database, journal_id: int) -> Product:
    return _decoder.decode(journal.at(db, journal_id).body).product
