"""Sessions (登录): who sits at which browser, for how long. Only the digest of a session's token is kept."""

import hashlib
import secrets
from enum import StrEnum

import msgspec
from sqlite_utils import Database

from domain.activity import Action
from store import activity
from store.connection import write

TOKEN_BYTES = 32
SEEN_EVERY = 30
KEPT_AFTER_START = 48 * 3600


class State(StrEnum):
    """Whether its person may go on, must give the PIN again, or must sign in again."""

    OPEN = "open"
    LOCKED = "locked"
    ENDED = "ended"


class Session(msgspec.Struct, frozen=True):
    """One sitting of one active person; moments in seconds since 1970."""

    staff_id: str
    started_at: float
    seen_at: float

    def state(self, at: float, idle: float, lifetime: float) -> State:
        """Say how it stands at the moment *at*; *idle* and *lifetime* are seconds.

        A clock that was set back counts like one that went on, so that it never prolongs a session.
        """
        if abs(at - self.started_at) >= lifetime:
            return State.ENDED
        return State.LOCKED if abs(at - self.seen_at) >= idle else State.OPEN


def start(db: Database, staff_id: str, at: float) -> str:
    """Begin a session and return its token, which is nowhere else; forget sessions that ended long ago."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with write(db):
        db.execute("DELETE FROM session WHERE abs(? - started_at) >= ?", [at, KEPT_AFTER_START])
        db.execute("INSERT INTO session VALUES (?, ?, ?, ?)", [_digest(token), staff_id, at, at])
        activity.append(db, staff_id, Action.SIGNED_IN)
    return token


def find(db: Database, token: str) -> Session | None:
    """Return the session of *token*, also a locked or ended one, or None when there is none."""
    row = db.execute(
        "SELECT staff, started_at, seen_at FROM session JOIN staff ON staff.id = staff"
        " WHERE token_hash = ? AND staff.active = 1",
        [_digest(token)],
    ).fetchone()
    return Session(*row) if row else None


def keep_open(db: Database, token: str, session: Session, at: float) -> None:
    """Remember that its person is active; written at most every 30 seconds."""
    if abs(at - session.seen_at) >= SEEN_EVERY:
        with write(db):
            _see(db, token, at)


def unlock(db: Database, token: str, session: Session, at: float) -> None:
    """Open a locked session again, after its person gave the PIN."""
    with write(db):
        _see(db, token, at)
        activity.append(db, session.staff_id, Action.SCREEN_UNLOCKED)


def end(db: Database, token: str) -> None:
    """End the session of *token*; nothing happens when there is none."""
    session = find(db, token)
    with write(db):
        db.execute("DELETE FROM session WHERE token_hash = ?", [_digest(token)])
        if session is not None:
            activity.append(db, session.staff_id, Action.SIGNED_OUT)


def end_all(db: Database, staff_id: str) -> None:
    """End every session of one person, inside the caller's transaction."""
    db.execute("DELETE FROM session WHERE staff = ?", [staff_id])


def _see(db: Database, token: str, at: float) -> None:
    db.execute("UPDATE session SET seen_at = ? WHERE token_hash = ?", [at, _digest(token)])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
