"""Forward-only migrations: one SQL file each, its name its identity for ever."""

from collections.abc import Iterator
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite3
from sqlite_utils import Database, Migrations

from domain.errors import Unavailable
from store import journal
from store.connection import write

FOLDER = Path(__file__).parent / "sql"


def migrate(db: Database) -> None:
    """Bring *db* to this version, safely also when two processes start at once.

    Raises Unavailable when the file was written by a newer version of the program.
    """
    migrations = _known()
    with write(db):
        names = {migration.name for migration in migrations.pending(db)}
        known = {path.stem for path in FOLDER.glob("*.sql")}
        newer = {migration.name for migration in migrations.applied(db)} - known
        if newer:
            raise Unavailable("store.newer_database", names=", ".join(sorted(newer)))
        if names:
            migrations.apply(db)
            # What a newer hub sent before this version knew its kind is in the journal and waits for this.
            journal.rebuild(db)


def _known() -> Migrations:
    migrations = Migrations("point")
    for path in sorted(FOLDER.glob("*.sql")):
        migrations(name=path.stem)(_Script(path))
    return migrations


class _Script:
    """A migration that runs every statement of one SQL file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.__name__ = path.stem

    def __call__(self, db: Database) -> None:
        for statement in _statements(self.path.read_text("utf-8")):
            db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    # executescript() would commit first, so the script is cut where SQLite itself sees a statement end.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
