"""A service point to measure: enrolled, with the sample product and one member of staff, in a folder of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace
from sqlite_utils import Database

from app import prepare
from domain.application import Application, PointStamp
from domain.canonical import canonical
from domain.check.product import read
from domain.complete import complete
from domain.product import SignedProduct
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from domain.words import PointKind, Role
from keyfile import secret
from settings import Settings
from store import installation, journal, staff
from store.clock import now, today
from store.connection import connect, write
from wire.entry import SALT_BYTES, Revision, place

PRODUCT = read((Path(__file__).parent.parent / "products" / "sample.json").read_bytes())
STAMP = PointStamp(code="JL", name="示例服务点", kind=PointKind.COOPERATIVE)
HUB, EPOCH = "HUB", "0000000000000000"
NOBODY = "http://127.0.0.1:9"
CLERK, PIN = "示例经办", "271828"


@contextmanager
def new_point() -> Iterator[tuple[Settings, Database]]:
    """Make a point that was never used, with a connection to its database; its folder goes in the end."""
    with TemporaryDirectory(prefix="tsheg-bench-") as folder:
        settings = Settings(data=Path(folder) / "point")
        prepare(settings)
        db = connect(settings.database)
        with write(db):
            here = installation.Installation(
                stamp=STAMP, county="540234", licence="", hub=HUB, hub_url=NOBODY, hub_key=bytes(32)
            )
            installation.enrol(db, here)
            from_hub(db, new_uuid7(), "product", canonical(SignedProduct(product=PRODUCT, key_id="", signature="")))
        staff.add(db, CLERK, Role.CLERK, PIN, secret(settings.keys, "pepper"))
        yield settings, db
        db.conn.close()


def from_hub(db: Database, record_id: str, kind: str, body: bytes) -> None:
    """Receive one record from the hub, inside the caller's transaction."""
    seq, prev_hash = journal.head(db, HUB, EPOCH)
    record = Revision(record_id=record_id, kind=kind, revision=1, form_version=1, made_at=now(), made_by=HUB, body=body)
    salt = bytes(SALT_BYTES)
    journal.receive(db, [place(record, producer=HUB, epoch=EPOCH, seq=seq + 1, prev_hash=prev_hash, salt=salt)])


def completed(application: Application, day: date, stamp: PointStamp = STAMP) -> Application:
    """Complete *application* as the counter of *stamp* does, as if it were taken on *day* at today's price."""
    record_id = new_uuid7()
    reference = reference_for(record_id, stamp.code, day.year)
    return replace(complete(application, PRODUCT, stamp, record_id, reference, CLERK, today()), applied_on=day)
