"""Staff (工作人员): who may sit at the counter, as what, and with which PIN."""

from typing import Any

import msgspec
import sqlcipher3.dbapi2 as sqlite3
from sqlite_utils import Database

from domain.activity import Action
from domain.errors import Conflict, NotFound
from domain.uuid7 import new_uuid7
from domain.words import Role
from store import activity, pins, sessions
from store.clock import now
from store.connection import write

_SELECT = "SELECT id, name, role, active FROM staff"


class Staff(msgspec.Struct, frozen=True):
    """One person of the counter. Who left stays listed, inactive, because records name them."""

    id: str
    name: str
    role: Role
    active: bool


def add(db: Database, name: str, role: Role, pin: str, pepper: bytes, by: str = "") -> Staff:
    """Add a person; *by* is who did it, empty for the console. Raises Conflict when the name is taken."""
    kept = pins.hashed(pin, pepper)
    with write(db):
        return insert(db, name, role, kept, by)


def insert(db: Database, name: str, role: Role, kept: str, by: str = "") -> Staff:
    """Add a person whose PIN is *kept* as a hash, inside the caller's transaction."""
    person = Staff(new_uuid7(), name, role, active=True)
    try:
        db.execute(
            "INSERT INTO staff (id, name, role, pin_hash, added_at) VALUES (?, ?, ?, ?, ?)",
            [person.id, name, str(role), kept, now()],
        )
    except sqlite3.IntegrityError as error:
        raise Conflict("staff_name_taken") from error
    activity.append(db, by, Action.STAFF_ADDED, person.id)
    return person


def find(db: Database, staff_id: str) -> Staff:
    """Return the person with this id; raise NotFound."""
    return _one(db.execute(f"{_SELECT} WHERE id = ?", [staff_id]).fetchone())


def named(db: Database, name: str) -> Staff:
    """Return the person of this name; raise NotFound."""
    return _one(db.execute(f"{_SELECT} WHERE name = ?", [name]).fetchone())


def names(db: Database) -> dict[str, str]:
    """Return what everybody who ever worked here is called, by their id."""
    return {person.id: person.name for person in everybody(db)}


def everybody(db: Database) -> list[Staff]:
    """Return all, those who are here first, then by the order in which they came."""
    return [_staff(row) for row in db.execute(f"{_SELECT} ORDER BY active DESC, id")]


def exist(db: Database) -> bool:
    """Say whether anybody was ever added; before that the point waits to be set up."""
    return db.execute("SELECT 1 FROM staff LIMIT 1").fetchone() is not None


def verify(db: Database, name: str, pin: str, pepper: bytes) -> Staff | None:
    """Return who has this name and PIN, or None after the same work. Tries are counted by ``sign_in``."""
    row = db.execute("SELECT id, pin_hash FROM staff WHERE name = ? AND active = 1", [name]).fetchone()
    right = pins.matches(row[1] if row else None, pin, pepper)
    return find(db, row[0]) if right else None


def change_pin(db: Database, staff_id: str, pin: str, pepper: bytes, by: str = "") -> None:
    """Give a person a new PIN; whoever sits there under the old one is signed out."""
    kept = pins.hashed(pin, pepper)
    with write(db):
        _set(db, staff_id, "pin_hash", kept)
        sessions.end_all(db, staff_id)
        activity.append(db, by, Action.PIN_CHANGED, staff_id)


def deactivate(db: Database, staff_id: str, by: str = "") -> None:
    """Let a person sign in no more, from now on. Raises Conflict for the last manager."""
    with write(db):
        _set(db, staff_id, "active", 0)
        if not db.execute("SELECT 1 FROM staff WHERE role = 'manager' AND active = 1").fetchone():
            raise Conflict("staff_last_manager")
        sessions.end_all(db, staff_id)
        activity.append(db, by, Action.STAFF_LEFT, staff_id)


def reactivate(db: Database, staff_id: str, by: str = "") -> None:
    """Let a person who had left sign in again, with the PIN they had."""
    with write(db):
        _set(db, staff_id, "active", 1)
        activity.append(db, by, Action.STAFF_RETURNED, staff_id)


def _set(db: Database, staff_id: str, column: str, value: object) -> None:
    if not db.execute(f"UPDATE staff SET {column} = ? WHERE id = ?", [value, staff_id]).rowcount:
        raise NotFound("staff_unknown")


def _one(row: Any) -> Staff:
    if row is None:
        raise NotFound("staff_unknown")
    return _staff(row)


def _staff(row: Any) -> Staff:
    return Staff(row[0], row[1], Role(row[2]), bool(row[3]))
