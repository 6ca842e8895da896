"""An application to erase, the order to do it, and a look at every byte that is left of it."""

from pathlib import Path

from sqlite_utils import Database

from domain.application import Application
from hub import orders
from hub.installation import Installation
from hub.store import commands as ordered
from hub.store.engine import read
from store import applications, installation, migrations
from store.connection import connect
from store.connection import write as write_here
from tests.insurer import for_underwriter
from tests.pair import STAMP, Pair
from tests.sample import changed

SECRET = "示例隐名贸易有限公司"
MOBILE = "19912345678"
CONTACT = "示例·密名旦增"
TRACES = [text.encode() for text in (SECRET, MOBILE, CONTACT, "隐名", "slymmy", "12345678")]

HALF_ERASED = [
    "UPDATE {} SET body = zeroblob(0)",
    "UPDATE {} SET salt = zeroblob(16)",
    "UPDATE {} SET body = zeroblob(0), salt = zeroblob(16), made_by = 'x'",
    "UPDATE {} SET body_hash = zeroblob(32)",
]


def secret() -> Application:
    """An application that waits for an underwriter and whose names occur nowhere else."""
    record = for_underwriter(STAMP)
    secret: Application = changed(
        record, policyholder__name=SECRET, policyholder__mobile=MOBILE, policyholder__contact=CONTACT
    )
    return secret


def taken(pair: Pair, record: Application, revision: int = 1) -> Application:
    with write_here(pair.db):
        applications.append(pair.db, record, "示例柜员", revision)
    return record


def ordered_erasure(pair: Pair, record: Application) -> None:
    orders.erase(pair.hub, "JL", str(record.reference), "示例")


def found(folder: Path) -> set[bytes]:
    """Return which of the traces any file in *folder* still holds."""
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {trace for trace in TRACES if trace in content}


def result(hub: Installation) -> list[str | None]:
    with read(hub.engine) as connection:
        return [one.result for one in ordered.every(connection)]


def restored(backup: Path) -> Database:
    db = connect(backup)
    migrations.migrate(db)
    with write_here(db):
        installation.begin_epoch(db, "JL", "restored")
    return db
