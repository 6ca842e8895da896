"""Forward-only migrations: one SQL file each, its name its identity for ever."""

from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite3
from sqlalchemy import Connection, Engine, insert, select

from domain.errors import Unavailable
from hub.clock import now
from hub.store.engine import write
from hub.store.tables import migration

FOLDER = Path(__file__).parent / "sql"


def migrate(engine: Engine) -> None:
    """Bring the database to this version, safely also when two processes start at once.

    Raises Unavailable when it was written by a newer version of the program.
    """
    files = {path.stem: path for path in FOLDER.glob("*.sql")}
    with write(engine) as connection:
        migration.create(connection, checkfirst=True)
        applied = set(connection.scalars(select(migration.c.name)))
        if newer := applied - files.keys():
            raise Unavailable("store.newer_database", names=", ".join(sorted(newer)))
        for name in sorted(files.keys() - applied):
            _apply(connection, files[name])


def _apply(connection: Connection, path: Path) -> None:
    for statement in _statements(path.read_text("utf-8")):
        connection.exec_driver_sql(statement)
    connection.execute(insert(migration).values(name=path.stem, applied_at=now()))


def _statements(script: str) -> Iterator[str]:
    # Triggers hold semicolons, so the script is cut where SQLite itself sees a statement end.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
