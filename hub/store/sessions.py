"""Sessions (登录): who sits at which browser. Of a token only the digest is kept; moments are Unix seconds."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from hub.store.tables import session

TOKEN_BYTES = 32
SEEN_EVERY = 30


@dataclass(frozen=True)
class Limits:
    """How long a session lasts, in seconds: left alone, and in all."""

    idle: int
    lifetime: int


def start(connection: Connection, staff: str, at: int, limits: Limits) -> str:
    """Begin a session and return its token, which is nowhere else; forget sessions that are over."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    connection.execute(delete(session).where(session.c.started_at <= at - limits.lifetime))
    connection.execute(insert(session).values(token_hash=_digest(token), staff=staff, started_at=at, seen_at=at))
    return token


def find(connection: Connection, token: str, at: int, limits: Limits) -> tuple[str, bool] | None:
    """Return whose session *token* is and whether it is time to ``touch`` it, or None when it is over."""
    row = connection.execute(select(session).where(session.c.token_hash == _digest(token))).first()
    # abs(): a clock that was set back must not prolong a session.
    if row is None or abs(at - row.seen_at) >= limits.idle or abs(at - row.started_at) >= limits.lifetime:
        return None
    return row.staff, at - row.seen_at >= SEEN_EVERY


def touch(connection: Connection, token: str, at: int) -> None:
    """Remember that its person is active."""
    connection.execute(update(session).where(session.c.token_hash == _digest(token)).values(seen_at=at))


def end(connection: Connection, token: str) -> None:
    """End the session of *token*; nothing happens when there is none."""
    connection.execute(delete(session).where(session.c.token_hash == _digest(token)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
