"""Forward-only migrations: one SQL file each, its name its identity for ever, in the words of each database."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from domain.errors import Unavailable
from hub.clock import now
from hub.store import postgresql, sqlite
from hub.store.engine import is_postgresql, write
from hub.store.tables import migration

FOLDER = Path(__file__).parent / "sql"


def migrate(engine: Engine) -> None:
    """Bring the database to this version, safely also when two processes start at once.

    Raises Unavailable when it was written by a newer version of the program.
    """
    files = {path.stem: path for path in (FOLDER / engine.url.get_backend_name()).glob("*.sql")}
    with write(engine) as connection:
        migration.create(connection, checkfirst=True)
        applied = set(connection.scalars(select(migration.c.name)))
        if newer := applied - files.keys():
            raise Unavailable("store.newer_database", names=", ".join(sorted(newer)))
        for name in sorted(files.keys() - applied):
            _apply(connection, files[name])


def _apply(connection: Connection, path: Path) -> None:
    script = path.read_text("utf-8")
    if is_postgresql(connection.engine.url):
        postgresql.run(connection, script)
    else:
        for statement in _statements(script):
            connection.exec_driver_sql(statement)
    connection.execute(insert(migration).values(name=path.stem, applied_at=now()))


def _statements(script: str) -> Iterator[str]:
    # Triggers hold semicolons, so the script is cut where SQLite itself sees a statement end.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite.is_complete(statement):
            yield statement
            statement = ""
