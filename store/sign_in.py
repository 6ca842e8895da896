"""Signing in (登录): tries are counted by the name typed, so that known and unknown names answer alike."""

import hmac
import math

from sqlite_utils import Database

from domain.activity import Action
from domain.errors import NotFound, Refused, TooManyTries
from store import activity, staff
from store.connection import write
from store.staff import Staff

FREE_TRIES = 5
LOCKED_AFTER = 10
FIRST_WAIT = 30
FORGOTTEN_AFTER = 24 * 3600


def sign_in(db: Database, name: str, pin: str, pepper: bytes, at: float) -> Staff:
    """Return who has this name and PIN, at the moment *at* in seconds since 1970.

    Raises Refused for a wrong name or PIN, TooManyTries while waiting: 30 seconds after
    five failures, doubled with each, and for good after ten, until ``unlock``.
    """
    key = _key(name, pepper)
    with write(db):
        _count(db, key, at)
    person = staff.verify(db, name, pin, pepper)
    if person is None:
        activity.note(db, _id_of(db, name), Action.SIGN_IN_FAILED)
        raise Refused("sign_in_wrong")
    with write(db):
        _forget(db, key)
    return person


def is_locked(db: Database, name: str, pepper: bytes) -> bool:
    """Say whether this name can sign in only after ``unlock``."""
    return _tries(db, _key(name, pepper))[0] >= LOCKED_AFTER


def unlock(db: Database, person: Staff, pepper: bytes, by: str = "") -> None:
    """Forget a person's failures; *by* is the manager who says so, empty for the console."""
    with write(db):
        _forget(db, _key(person.name, pepper))
        activity.append(db, by, Action.STAFF_UNLOCKED, person.id)


def _count(db: Database, key: str, at: float) -> None:
    # Counted as failed before the PIN is looked at: tries side by side, or cut off, count too.
    db.execute("DELETE FROM sign_in_try WHERE failures < ? AND wait_until < ?", [LOCKED_AFTER, at - FORGOTTEN_AFTER])
    failures, wait_until = _tries(db, key)
    if failures >= LOCKED_AFTER:
        raise TooManyTries("sign_in_locked")
    if 0 < wait_until - at <= _wait(failures):
        raise TooManyTries("sign_in_wait", minutes=str(math.ceil((wait_until - at) / 60)))
    db.execute("INSERT OR REPLACE INTO sign_in_try VALUES (?, ?, ?)", [key, failures + 1, at + _wait(failures + 1)])


def _wait(failures: int) -> float:
    return FIRST_WAIT * 2.0 ** (failures - FREE_TRIES) if failures >= FREE_TRIES else 0.0


def _tries(db: Database, key: str) -> tuple[int, float]:
    row = db.execute("SELECT failures, wait_until FROM sign_in_try WHERE name_hash = ?", [key]).fetchone()
    return (row[0], row[1]) if row else (0, 0.0)


def _forget(db: Database, key: str) -> None:
    db.execute("DELETE FROM sign_in_try WHERE name_hash = ?", [key])


def _id_of(db: Database, name: str) -> str:
    try:
        return staff.named(db, name).id
    except NotFound:
        return ""


def _key(name: str, pepper: bytes) -> str:
    return hmac.digest(pepper, name.encode(), "sha256").hex()
