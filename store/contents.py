"""What a database file holds, and whether it is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlite_utils import Database

from domain.errors import Unavailable
from store import attachments, journal
from store.connection import StoreError, connect

Heads = dict[tuple[str, str], int]


class Contents(msgspec.Struct, frozen=True):
    """How much is there, and the newest seq of each (producer, epoch)."""

    applications: int
    entries: int
    heads: Heads

    def holds(self, earlier: Heads) -> bool:
        """Say whether everything up to *earlier* is here too."""
        return all(self.heads.get(stream, 0) >= seq for stream, seq in earlier.items())


@contextmanager
def opened(path: Path, key: str) -> Iterator[Database]:
    """Open the database file *path* and close it again."""
    db = connect(path, key)
    try:
        yield db
    finally:
        db.conn.close()


def examine(path: Path, key: str) -> Contents:
    """Read the whole file and return what it holds.

    Raises Unavailable when SQLite, a hash chain or a picture's digest finds anything wrong, or *key* does not open it.
    """
    try:
        with opened(path, key) as db:
            for check in ("integrity_check", "foreign_key_check"):
                found = db.execute(f"PRAGMA {check}").fetchall()
                if found not in ([], [("ok",)]):
                    raise Unavailable("backup.damaged")
            if journal.verify(db) or attachments.damaged(db):
                raise Unavailable("backup.damaged")
            return read(db)
    except StoreError as error:
        raise Unavailable("backup.damaged") from error


def read(db: Database) -> Contents:
    """Count what is in an open database."""
    applications = db.execute("SELECT count(*) FROM application").fetchone()[0]
    heads = db.execute("SELECT producer, epoch, max(seq), count(*) FROM journal GROUP BY producer, epoch").fetchall()
    return Contents(
        applications=applications,
        entries=sum(count for *_, count in heads),
        heads={(producer, epoch): seq for producer, epoch, seq, _ in heads},
    )


def is_empty(db: Database) -> bool:
    """Say whether nobody has entrusted anything to this database yet."""
    return not any(db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() for table in ("journal", "draft", "staff"))
