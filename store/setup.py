"""Setting the point up (首次设置): a one-time code lets exactly one person become the first manager."""

import hashlib
import hmac
import secrets

from sqlite_utils import Database

from domain.errors import FieldError, Refused
from domain.text import compact
from domain.words import Role
from store import pins, staff
from store.connection import write
from store.staff import Staff

# 53 bits as digits, which every input method types alike.
GROUPS, GROUP = 4, 4


def new_code(db: Database) -> str:
    """Return a new code, the only one that counts from now on. Raises Refused once there are staff."""
    groups = [f"{secrets.randbelow(10**GROUP):0{GROUP}}" for _ in range(GROUPS)]
    with write(db):
        _refuse_when_done(db)
        db.execute("INSERT OR REPLACE INTO setup_code VALUES (1, ?)", [_digest("".join(groups))])
    return "-".join(groups)


def first_manager(db: Database, code: str, name: str, pin: str, pepper: bytes) -> Staff:
    """Use up *code* and make the first manager.

    Raises FieldError when the code is wrong, Refused once there are staff.
    """
    with write(db):
        _refuse_when_done(db)
        kept = db.execute("SELECT code_hash FROM setup_code").fetchone()
        if kept is None or not hmac.compare_digest(kept[0], _digest(compact(code))):
            raise FieldError("setup_code_wrong")
        db.execute("DELETE FROM setup_code")
        return staff.insert(db, name, Role.MANAGER, pins.hashed(pin, pepper))


def _refuse_when_done(db: Database) -> None:
    if staff.exist(db):
        raise Refused("setup_done")


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
