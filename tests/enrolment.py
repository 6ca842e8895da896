"""A point enrolled with a hub of the test's own, the sample product on it."""

from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from domain.application import PointStamp
from domain.canonical import canonical
from domain.decision import Decision
from domain.product import Product, SignedProduct
from domain.uuid7 import new_uuid7
from domain.words import Outcome, PointKind
from store import applications, installation, journal
from store.clock import today
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


def product_entry(product: Product, after: tuple[int, bytes] = (0, GENESIS)) -> Entry:
    """Return *product* as the entry that follows *after* in the hub's stream, its first by default."""
    signed = SignedProduct(product=product, key_id="0" * 16, signature="")
    return _placed("product", new_uuid7(), canonical(signed), after[0] + 1, after[1])


def renew(db: Database, product: Product) -> None:
    """Let *product* arrive after all that came from the hub before."""
    with write(db):
        journal.receive(db, [product_entry(product, journal.head(db, "hub/JL", "e1"))])


def decide(db: Database, record_id: str, outcome: Outcome, **answer: Any) -> Decision:
    """Let the hub's decision on the newest revision of an application arrive."""
    line = applications.read(db, record_id)
    entry = journal.find(db, record_id)
    assert entry is not None and line.reference
    decision = Decision(
        record_id=new_uuid7(), application=record_id, application_revision=entry.revision, reference=line.reference,
        outcome=outcome, decided_on=today(), decided_by="示例核保", **answer,
    )  # fmt: skip
    seq, prev_hash = journal.head(db, "hub/JL", "e1")
    with write(db):
        journal.receive(db, [_placed("decision", decision.record_id, canonical(decision), seq + 1, prev_hash)])
    return decision


def _placed(kind: str, record_id: str, body: bytes, seq: int, prev_hash: bytes) -> Entry:
    revision = Revision(
        record_id=record_id, kind=kind, revision=1, form_version=1,
        made_at="2026-01-01T00:00:00Z", made_by="hub", body=body,
    )  # fmt: skip
    return place(revision, producer="hub/JL", epoch="e1", seq=seq, prev_hash=prev_hash, salt=b"s" * 16)
