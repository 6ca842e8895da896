"""Failed sign-ins, counted by the digest of the name typed, whether anybody has that name or not."""

import math

from sqlalchemy import Connection, delete, insert, select

from domain.errors import TooManyTries
from hub.store.tables import sign_in_try

FREE_TRIES = 5
FIRST_WAIT = 30
LONGEST_WAIT = 3600
FORGOTTEN_AFTER = 24 * 3600


def count(connection: Connection, name_hash: str, at: int) -> None:
    """Count a try as failed before it is looked at; ``forget`` it when it was right.

    Raises TooManyTries while waiting: 30 seconds after five failures, doubled with each, an hour at most.
    """
    connection.execute(delete(sign_in_try).where(sign_in_try.c.wait_until < at - FORGOTTEN_AFTER))
    row = connection.execute(select(sign_in_try).where(sign_in_try.c.name_hash == name_hash)).first()
    failures, wait_until = (row.failures, row.wait_until) if row else (0, at)
    if 0 < wait_until - at <= LONGEST_WAIT:
        raise TooManyTries("hub.sign_in_wait", minutes=str(math.ceil((wait_until - at) / 60)))
    forget(connection, name_hash)
    connection.execute(
        insert(sign_in_try).values(name_hash=name_hash, failures=failures + 1, wait_until=at + _wait(failures + 1))
    )


def forget(connection: Connection, name_hash: str) -> None:
    """Begin again at no failures."""
    connection.execute(delete(sign_in_try).where(sign_in_try.c.name_hash == name_hash))


def _wait(failures: int) -> int:
    return int(min(FIRST_WAIT * 2.0 ** (failures - FREE_TRIES), LONGEST_WAIT)) if failures >= FREE_TRIES else 0
