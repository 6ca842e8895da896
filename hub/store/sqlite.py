"""The embedded database: one file beside the program, one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as sqlite3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from domain.errors import Unavailable

WAL_SAFE = (3, 51, 3)
PRAGMAS = {
    "busy_timeout": 10_000,
    "foreign_keys": 1,
    "synchronous": 3,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}
READ, WRITE = "BEGIN", "BEGIN IMMEDIATE"


def open_engine(url: URL) -> Engine:
    """Return an engine on a file, every durability setting read back on every connection.

    Raises Unavailable when a setting does not hold or the SQLite build has the WAL-reset bug.
    """
    if sqlite3.sqlite_version_info < WAL_SAFE:
        raise Unavailable("store.sqlite_too_old", version=sqlite3.sqlite_version)
    engine = create_engine(url, module=sqlite3, hide_parameters=True)
    event.listen(engine, "connect", _apply)
    return engine


@contextmanager
def begun(engine: Engine, how: str) -> Iterator[Connection]:
    """One transaction, begun by READ or WRITE."""
    # Not by a listener: one is enough for SQLAlchemy to look for listeners around every statement.
    with engine.begin() as connection:
        connection.exec_driver_sql(how)
        yield connection


def is_complete(statement: str) -> bool:
    """Say whether *statement* ends here; triggers hold semicolons of their own."""
    return bool(sqlite3.complete_statement(statement))


def fold_log_in(connection: Connection) -> None:
    """Bring the write-ahead log into the file and empty it, as far as nobody reads the old pages."""
    connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _apply(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise Unavailable("store.no_wal")
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        held = connection.execute(f"PRAGMA {name}").fetchone()
        if held is not None and held[0] != value:
            raise Unavailable("store.setting_refused", name=name)
