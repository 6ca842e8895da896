"""What goes on while the power fails: applications are taken at the counter, and messages at the hub.

They tell only what they would show to people: a reference once it is saved, an entry once it is signed for.
"""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from domain.errors import Unavailable
from hub.installation import open_installation
from hub.store import sqlite
from keyfile import secret
from settings import Settings
from stick import Name, write
from store import connection as opening
from store import submissions
from store.connection import StoreError, connect
from tests.insurer import Counter, application, settings
from tests.pair import STAMP
from tests.workers import CLERK
from wire.keys import SigningKey

Tell = Callable[[object], None]
NORMAL, FULL = 1, 2
END = b"end of file"


def take_applications(tell: Tell, data: Path, weakened: str = "") -> None:
    """Take applications at the counter until the power fails; *weakened* names settings that are not enough."""
    WEAKENED.get(weakened, bool)()
    with suppress(StoreError, OSError):
        db = connect(Settings(data=data).database)
        for _ in count():
            taken = application(STAMP)
            submissions.submit(db, taken, CLERK)
            tell(taken.reference)


def take_applications_in_trouble(tell: Tell, data: Path) -> None:
    """Take applications on a disk that is full or faulty at times, and go on after every error on one connection."""
    while True:
        with suppress(StoreError, OSError, Unavailable):
            db = connect(Settings(data=data).database)
            break
    for _ in count():
        with suppress(StoreError, OSError):
            taken = application(STAMP)
            submissions.submit(db, taken, CLERK)
            tell(taken.reference)


def take_messages(tell: Tell, data: Path, key: bytes, weakened: str = "") -> None:
    """Take a point's messages at the hub until the power fails; tell each acknowledged (epoch, seq, hash)."""
    WEAKENED.get(weakened, bool)()
    with suppress(SQLAlchemyError, OSError):
        point = Counter(open_installation(settings(data)), key=SigningKey(key), epoch=secrets.token_hex(8))
        for place in count():
            new = [point.write(application(point.stamp)) for _ in range(1 + place % 3)]
            ack = point.send(new).header.ack
            assert ack
            tell((ack.epoch, ack.seq, ack.hash))


def write_files(tell: Tell, stick: Path) -> None:
    """Write bundles and secrets until the power fails; tell each file's (name, SHA-256)."""
    with suppress(Unavailable, OSError):
        for place in count():
            data = secrets.token_bytes(3000) + END
            written = write(stick, Name("JL", secrets.token_hex(8), 1, place), data)
            tell((written.name, hashlib.sha256(data).hexdigest()))
            name = secrets.token_hex(8)
            kept = secret(stick, name, lambda: secrets.token_bytes(32) + END)
            tell((f"{name}.key", hashlib.sha256(kept).hexdigest()))


def _wal_normal() -> None:
    for pragmas in (opening.PRAGMAS, sqlite.PRAGMAS):
        pragmas["synchronous"] = NORMAL


def _delete_full() -> None:
    opening._apply = _apply_delete_full


def _apply_delete_full(connection: Any) -> None:
    connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    connection.execute(f"PRAGMA synchronous = {FULL}")


WEAKENED: dict[str, Callable[[], object]] = {"WAL+NORMAL": _wal_normal, "DELETE+FULL": _delete_full}
