"""Write wire/columns/primer-N.bin: synthetic records in columns, for short messages to refer to.

A primer never changes once it was shipped, for both sides must hold the same bytes: better ones get the next number.
"""

import sys
from datetime import date
from itertools import islice
from pathlib import Path

from demo.applications import applications
from domain.application import Application, PointStamp
from domain.canonical import canonical
from domain.check import product
from domain.complete import complete
from domain.decision import Decision
from domain.product import Product
from domain.reference import reference_for
from domain.underwriting import grant
from domain.uuid7 import uuid7
from domain.words import Outcome, PointKind
from wire.columns.entries import write_entries
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 20)
MIDNIGHT_MS = 1_795_104_000_000
STAMP = PointStamp(code="JL", name="示例服务点", kind=PointKind.COOPERATIVE)
COUNT, APART = 8, 6
WINDOW = 32_000


def primer() -> bytes:
    """Return some applications, a decision each, then both together: what comes most often stands last."""
    sample = product.read((ROOT / "products" / "sample.json").read_bytes())
    typed = islice(applications(sample, DAY, COUNT * APART, seed=11), 0, None, APART)
    records = []
    for serial, one in enumerate(typed):
        record_id = uuid7(MIDNIGHT_MS + serial * 977_777, bytes(10))
        reference = reference_for(record_id, STAMP.code, DAY.year)
        records.append(complete(one, sample, STAMP, record_id, reference, "示例经办", DAY))
    decided = [_entry("decision", _decision(one, sample), "rules") for one in records]
    taken = [_entry("application", one, "示例经办") for one in records]
    return b"".join(write_entries([entry]) for entry in (*decided, *taken))[-WINDOW:]


def _decision(application: Application, sample: Product) -> Decision:
    return Decision(
        record_id=str(application.record_id),
        application=str(application.record_id),
        application_revision=1,
        reference=str(application.reference),
        outcome=Outcome.ACCEPTED,
        decided_on=DAY,
        decided_by="rules",
        cover=grant(application, sample, "SAMPLE-00000001", DAY),
    )


def _entry(kind: str, record: Application | Decision, made_by: str) -> Entry:
    revision = Revision(
        record_id=str(record.record_id),
        kind=kind,
        revision=1,
        form_version=1,
        made_at=f"{DAY}T01:02:03Z",
        made_by=made_by,
        body=canonical(record),
    )
    return place(revision, producer="JL", epoch="", seq=1, prev_hash=GENESIS, salt=bytes(SALT_BYTES))


if __name__ == "__main__":
    (ROOT / "wire" / "columns" / f"primer-{int(sys.argv[1])}.bin").write_bytes(primer())
