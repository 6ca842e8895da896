"""The one-time code (设置码) with which the first underwriter comes in; only its digest is kept."""

from sqlalchemy import Connection, delete, insert, select

from hub.clock import now
from hub.store.tables import setup_code


def replace(connection: Connection, code_hash: str) -> None:
    """Keep this code; every earlier one stops counting."""
    connection.execute(delete(setup_code))
    connection.execute(insert(setup_code).values(code_hash=code_hash, made_at=now()))


def use(connection: Connection, code_hash: str) -> bool:
    """Say whether this is the code, and let it never be again."""
    if connection.scalar(select(setup_code.c.code_hash).where(setup_code.c.code_hash == code_hash)) is None:
        return False
    connection.execute(delete(setup_code))
    return True
