"""Open the database so that what was acknowledged survives a power cut; refuse to run otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite3
from sqlite_utils import Database

from domain.errors import Unavailable

StoreError = sqlite3.Error
IntegrityError = sqlite3.IntegrityError
WAL_SAFE = (3, 51, 3)
PRAGMAS = {
    "busy_timeout": 10_000,
    "foreign_keys": 1,
    "synchronous": 3,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}


def connect(path: Path, key: str = "") -> Database:
    """Open *path* with every setting of the durability experiments read back.

    ``key`` is 64 hex digits for encryption at rest, or empty. Raises Unavailable when
    a setting does not hold, the key is wrong or the SQLite build has the WAL-reset bug.
    """
    if sqlite3.sqlite_version_info < WAL_SAFE:
        raise Unavailable("store.sqlite_too_old", version=sqlite3.sqlite_version)
    try:
        connection = sqlite3.connect(str(path), isolation_level=None, check_same_thread=False)
        if key:
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
        _apply(connection)
    except sqlite3.Error as error:
        raise Unavailable("store.cannot_open", reason=str(error)) from error
    return Database(connection, execute_plugins=False)


def _apply(connection: Any) -> None:
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise Unavailable("store.no_wal")
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        held = connection.execute(f"PRAGMA {name}").fetchone()
        if held is not None and held[0] != value:
            raise Unavailable("store.setting_refused", name=name)


def fold_log_in(db: Database) -> bool:
    """Bring all of the write-ahead log into the file and empty it; False while somebody still reads the old pages."""
    return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


@contextmanager
def write(db: Database) -> Iterator[Database]:
    """One durable transaction: BEGIN IMMEDIATE, COMMIT, or nothing at all."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise
