"""Commanding points (指令): written into what the hub sends to one point, like any record."""

from datetime import date

from sqlalchemy import Connection

from domain.canonical import canonical
from domain.command import Command, Verb
from domain.errors import Conflict, NotFound
from domain.product import Text
from domain.retention import kept_until
from domain.uuid7 import new_uuid7
from hub import kept
from hub.clock import now, today
from hub.installation import Installation
from hub.store import applications, erasure, journal, points
from hub.store.engine import fold_log_in, write
from wire.entry import Revision


def freeze(here: Installation, point: str, reason: Text, by: str) -> str:
    """Let *point* take no new applications and say why; return the command's record id. Raises NotFound."""
    return _to(here, point, Command(verb=Verb.FREEZE, reason=reason), by)


def unfreeze(here: Installation, point: str, by: str) -> str:
    """Let *point* take new applications again; return the command's record id. Raises NotFound."""
    return _to(here, point, Command(verb=Verb.UNFREEZE), by)


def rotate_key(here: Installation, point: str, by: str) -> str:
    """Let *point* make itself a new key; return the command's record id. Raises NotFound."""
    return _to(here, point, Command(verb=Verb.ROTATE_KEY), by)


def erase(here: Installation, point: str, reference: str, by: str) -> str:
    """Have one application's content erased at *point*, and here as soon as it was, or now when *point* is revoked.

    Raises NotFound where there is none, Conflict while its policy must be kept by law.
    """
    with write(here.engine, point) as connection:
        record_id = _erasable(connection, point, reference)
        command = give(connection, point, Command(verb=Verb.ERASE, subject=record_id), by)
        gone = not points.find(connection, point).active
        if gone:
            # Nobody there will answer; if somebody does one day, the command is still there.
            erasure.erase(connection, point, record_id)
    if gone:
        fold_log_in(here.engine)
        kept.forget(here, point)
    return command


def kept_by_law(connection: Connection, point: str, record_id: str) -> date | None:
    """Return until when an application must be kept because of its policy, or None."""
    last = [kept_until(*dates) for dates in applications.policy_dates(connection, point, record_id)]
    return max((day for day in last if day >= today()), default=None)


def give(connection: Connection, point: str, command: Command, by: str) -> str:
    """Write *command* into what we send to *point*; return its record id."""
    revision = Revision(
        record_id=new_uuid7(),
        kind="command",
        revision=1,
        form_version=command.form_version,
        made_at=now(),
        made_by=by,
        body=canonical(command),
    )
    journal.append(connection, point, [revision])
    return revision.record_id


def _to(here: Installation, point: str, command: Command, by: str) -> str:
    with write(here.engine, point) as connection:
        points.find(connection, point)
        return give(connection, point, command, by)


def _erasable(connection: Connection, point: str, reference: str) -> str:
    found = [one for one in applications.by_reference(connection, reference) if one.point == point]
    if not found:
        raise NotFound("command.no_such_application", point=point, reference=reference)
    if until := kept_by_law(connection, point, found[0].record_id):
        raise Conflict("command.kept_by_law", reference=reference, until=str(until))
    return found[0].record_id
