"""Who may sit at the desk (准入): the first underwriter by a one-time code, everybody by name and passphrase."""

import logging
import secrets
import time

from domain.errors import Conflict, FieldError, Refused
from hub import passphrase
from hub.installation import Installation
from hub.store import sessions, setup_codes, staff, tries
from hub.store.engine import read, write
from hub.store.sessions import Limits

log = logging.getLogger("tsheg.security")

SETUP_NAME = "setup"
CODE_DIGITS = 8


def new_setup_code(here: Installation) -> str:
    """Return a new one-time code, eight digits; raise Conflict once somebody was added."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    with write(here.engine, staff.LOCK) as connection:
        if staff.exist(connection):
            raise Conflict("hub.setup_done")
        setup_codes.replace(connection, passphrase.digest(here, code))
    return code


def set_up(here: Installation, code: str, name: str, typed: str) -> str:
    """Add the first underwriter and return the token of a session.

    Raises FieldError for a wrong code, TooManyTries after five of them, Conflict when somebody was first.
    """
    attempt = passphrase.digest(here, SETUP_NAME)
    kept = passphrase.hashed(here, passphrase.accept(typed))
    with write(here.engine, staff.LOCK) as connection:
        if staff.exist(connection):
            raise Conflict("hub.setup_done")
        tries.count(connection, attempt, _now())
        right = setup_codes.use(connection, passphrase.digest(here, code))
        if right:
            staff.add(connection, name, kept)
            tries.forget(connection, attempt)
            return sessions.start(connection, name, _now(), limits(here))
    raise FieldError("hub.setup_code_wrong")


def add(here: Installation, name: str, typed: str) -> None:
    """Add another underwriter; raise FieldError for a short passphrase, Conflict for a name that is taken."""
    kept = passphrase.hashed(here, passphrase.accept(typed))
    with write(here.engine, staff.LOCK) as connection:
        staff.add(connection, name, kept)


def sign_in(here: Installation, name: str, typed: str) -> str:
    """Return the token of a new session; raise Refused, or TooManyTries while *name* has to wait."""
    attempt = passphrase.digest(here, name)
    with write(here.engine, staff.LOCK) as connection:
        tries.count(connection, attempt, _now())
        kept = staff.kept_hash(connection, name)
    if not passphrase.matches(here, kept, typed):
        log.warning("sign-in refused")
        raise Refused("hub.sign_in_wrong")
    with write(here.engine, staff.LOCK) as connection:
        tries.forget(connection, attempt)
        return sessions.start(connection, name, _now(), limits(here))


def admit(here: Installation, token: str) -> str | None:
    """Return who sits at the browser that holds *token*, or None."""
    with read(here.engine) as connection:
        found = sessions.find(connection, token, _now(), limits(here))
    if found is None:
        return None
    name, is_due = found
    if is_due:
        with write(here.engine, staff.LOCK) as connection:
            sessions.touch(connection, token, _now())
    return name


def sign_out(here: Installation, token: str) -> None:
    """End a session."""
    with write(here.engine, staff.LOCK) as connection:
        sessions.end(connection, token)


def is_set_up(here: Installation) -> bool:
    """Say whether anybody can sign in."""
    with read(here.engine) as connection:
        return staff.exist(connection)


def limits(here: Installation) -> Limits:
    """Return how long sessions last here."""
    return Limits(here.settings.idle_minutes * 60, here.settings.session_hours * 3600)


def _now() -> int:
    return int(time.time())
