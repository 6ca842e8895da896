"""The insurer's commands (指令) at this point: which are open, what they said, and that they were carried out."""

import msgspec
from sqlite_utils import Database

from domain.canonical import canonical
from domain.command import CarriedOut, Command, Verb
from domain.errors import Refused
from domain.product import Text
from domain.uuid7 import new_uuid7
from store import journal
from store.clock import now
from wire.entry import Revision

CARRIED_OUT_BY = "point"
NO_REASON = Text.empty()
_OPEN = """
SELECT record_id, verb, subject, coalesce(result, '') = 'done' FROM command
WHERE result IS NULL OR verb = 'erase' AND (
    EXISTS (SELECT 1 FROM application WHERE application.record_id = command.subject)
    OR EXISTS (SELECT 1 FROM draft WHERE draft.id = command.subject)
) ORDER BY journal
"""
_NEWEST = "SELECT verb, journal FROM command WHERE verb IN ('freeze', 'unfreeze') ORDER BY journal DESC LIMIT 1"
_decoder = msgspec.json.Decoder(Command)


class Open(msgspec.Struct, frozen=True):
    """A command to carry out: its record id, what to do, and to which record.

    *answered* when a restored backup has brought back what was erased: it is erased again, and not answered again.
    """

    record_id: str
    verb: str
    subject: str
    answered: bool


def open_ones(db: Database) -> list[Open]:
    """Return the commands that are not carried out yet, or not any more, in the order in which they came."""
    rows = db.execute(_OPEN).fetchall()
    return [Open(record_id, verb, subject, bool(answered)) for record_id, verb, subject, answered in rows]


def answer(db: Database, command: Open, result: str) -> None:
    """Write into our stream what came of *command*, inside the caller's transaction."""
    said = CarriedOut(command=command.record_id, verb=command.verb, subject=command.subject, result=result)
    journal.append(
        db,
        Revision(
            record_id=new_uuid7(),
            kind="carried_out",
            revision=1,
            form_version=said.form_version,
            made_at=now(),
            made_by=CARRIED_OUT_BY,
            body=canonical(said),
        ),
    )


def frozen(db: Database) -> Text | None:
    """Return why the insurer told this point to take no new applications, or None while it may."""
    row = db.execute(_NEWEST).fetchone()
    if row is None or row[0] != Verb.FREEZE:
        return None
    return _decoder.decode(journal.at(db, row[1]).body).reason or NO_REASON


def require_thawed(db: Database) -> None:
    """Raise Refused while no new application may be submitted by the insurer's word."""
    if frozen(db):
        raise Refused("command.frozen")
