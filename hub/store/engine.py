"""Open the hub's database so that what was acknowledged survives a power cut; refuse to run otherwise."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert
from sqlalchemy.engine import URL

from hub.store import postgresql, sqlite

EVERYTHING = ""


def open_engine(url: URL) -> Engine:
    """Return an engine on the SQLite file or the PostgreSQL server of *url*; raise Unavailable where it is not durable.

    Which of the two it is shows in this package and nowhere else.
    """
    return postgresql.open_engine(url) if is_postgresql(url) else sqlite.open_engine(url)


def is_postgresql(url: URL) -> bool:
    """Say whether *url* names a PostgreSQL server."""
    return url.get_backend_name() == "postgresql"


def fold_log_in(engine: Engine) -> None:
    """Leave nothing of what was erased in SQLite's write-ahead log; a server has its own ways and times."""
    if not is_postgresql(engine.url):
        with engine.connect() as connection:
            sqlite.fold_log_in(connection)


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """One consistent view of what is committed."""
    if not is_postgresql(engine.url):
        with sqlite.begun(engine, sqlite.READ) as connection:
            yield connection
        return
    with engine.connect() as connection, connection.execution_options(**postgresql.READ).begin():
        yield connection


@contextmanager
def write(engine: Engine, only: str = EVERYTHING) -> Iterator[Connection]:
    """One durable transaction; nothing of it stays after an exception.

    It waits at its start until it is alone: of all who write *only* the same (a point's code, or ``staff``)
    and of those who write EVERYTHING. SQLite knows one writer at a time, whatever is written.
    """
    if not is_postgresql(engine.url):
        with sqlite.begun(engine, sqlite.WRITE) as connection:
            yield connection
        return
    with engine.begin() as connection:
        postgresql.lock(connection, only)
        yield connection


def insert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert *rows*, at least one, all with the same columns, in the fewest round trips the database knows."""
    if is_postgresql(connection.engine.url):
        postgresql.copy(connection, table, rows)
    else:
        connection.execute(insert(table), rows)
