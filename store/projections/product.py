"""Product versions: all that ever came are kept, for reprints."""

import msgspec
from sqlite_utils import Database

from domain.check.product import check
from domain.product import SignedProduct
from wire.entry import Entry

_decoder = msgspec.json.Decoder(SignedProduct)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Make a version findable by id, version and validity; one that is not whole is not used."""
    product = _decoder.decode(entry.body).product
    if check(product):
        return
    db.execute(
        "INSERT OR REPLACE INTO product (id, version, valid_from, valid_to, journal) VALUES (?, ?, ?, ?, ?)",
        [product.id, product.version, str(product.valid_from), str(product.valid_to), journal_id],
    )


def clear(db: Database) -> None:
    """Forget all products."""
    db.execute("DELETE FROM product")
