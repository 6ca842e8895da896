"""What somebody with the database's own password could do to the hub's journal, on either database."""

from sqlalchemy import Connection, Engine, delete, text

from hub.store import tables
from hub.store.engine import is_postgresql, write

ALWAYS = ("entry_is_never_changed", "entry_is_never_deleted")


def unlock(connection: Connection) -> None:
    """Let the journal be changed in this transaction."""
    if is_postgresql(connection.engine.url):
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    for trigger in ALWAYS:
        connection.execute(text(f"DROP TRIGGER {trigger}"))


def tamper(connection: Connection, statement: str) -> None:
    """Run *statement*, in which binary values are written as SQLite writes them, on an unlocked journal."""
    unlock(connection)
    run(connection, statement)


def run(connection: Connection, statement: str) -> None:
    """Run *statement*, in which binary values are written as SQLite writes them."""
    if is_postgresql(connection.engine.url):
        for blob, bytea in (("x'7b7d'", r"'\x7b7d'"), ("x'00'", r"'\x00'")):
            statement = statement.replace(blob, bytea)
        for size in (0, 16, 32):
            statement = statement.replace(f"zeroblob({size})", rf"'\x{'00' * size}'")
    connection.execute(text(statement))


def empty(engine: Engine) -> None:
    """Forget everything but the migrations that are in force."""
    with write(engine) as connection:
        unlock(connection)
        for table in tables.metadata.tables.values():
            everything = table is not tables.migration
            connection.execute(delete(table) if everything else delete(table).where(table.c.name > "9"))
