"""A point enrolled with a hub of the test's own, the sample product on it."""

from pathlib import Path

import msgspec
from sqlite_utils import Database

from domain.application import PointStamp
from domain.canonical import canonical
from domain.product import Product, SignedProduct
from domain.uuid7 import new_uuid7
from domain.words import PointKind
from store import installation, journal
from store.connection import write
from store.installation import Installation
from wire.entry import GENESIS, Entry, Revision, place

PRODUCT = msgspec.json.decode((Path(__file__).parent.parent / "products/sample.json").read_bytes(), type=Product)
POINT = PointStamp(code="JL", name="示例供销社服务点", kind=PointKind.COOPERATIVE)


def enrol(db: Database, product: Product | None = PRODUCT) -> None:
    """Enrol this point; *product* arrives as the hub would send it (its signature is another test's matter)."""
    here = Installation(POINT, "540234", "", "hub", "http://127.0.0.1:9", b"k" * 32)
    with write(db):
        installation.enrol(db, here)
        if product is not None:
            journal.receive(db, [product_entry(product)])


def product_entry(product: Product) -> Entry:
    """Return the first entry of the hub's stream: *product*."""
    body = canonical(SignedProduct(product=product, key_id="0" * 16, signature=""))
    revision = Revision(
        record_id=new_uuid7(), kind="product", revision=1, form_version=1,
        made_at="2026-01-01T00:00:00Z", made_by="hub", body=body,
    )  # fmt: skip
    return place(revision, producer="hub/JL", epoch="e1", seq=1, prev_hash=GENESIS, salt=b"s" * 16)
