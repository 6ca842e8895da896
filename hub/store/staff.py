"""The insurer's underwriters (核保员): a name and what proves it."""

from sqlalchemy import Connection, insert, select

from domain.errors import Conflict
from hub.clock import now
from hub.store.tables import staff

LOCK = "staff"


def exist(connection: Connection) -> bool:
    """Say whether anybody was added yet."""
    return connection.scalar(select(staff.c.name).limit(1)) is not None


def add(connection: Connection, name: str, passphrase_hash: str) -> None:
    """Add an underwriter; raise Conflict for a name that is taken."""
    if kept_hash(connection, name) is not None:
        raise Conflict("hub.staff_name_taken")
    connection.execute(insert(staff).values(name=name, passphrase_hash=passphrase_hash, added_at=now()))


def kept_hash(connection: Connection, name: str) -> str | None:
    """Return the passphrase of *name* as it is kept, or None."""
    return connection.scalar(select(staff.c.passphrase_hash).where(staff.c.name == name))
