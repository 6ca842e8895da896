"""Submitting (提交): the draft becomes a record, in one durable transaction."""

import shutil
from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from domain.application import Application
from domain.errors import Conflict, Unavailable
from store import applications, attachments, commands, drafts, erasure, limits, receipts
from store.connection import write
from wire.entry import Entry
from wire.receipt import Signed

BY_SELF = "self"
Sign = Callable[[Entry], Signed]


def submit(db: Database, application: Application, made_by: str, revises: int = 0, sign: Sign | None = None) -> Entry:
    """Append *application* and its pictures after revision *revises* and drop its draft.

    What a trader handed over is receipted by *sign*, for the phone that may still be sending it.
    When this returns a power cut cannot take it. Raises Conflict when that revision is already there with other
    content, Refused for a new application beyond the insurer's limits or while it froze the point; corrections go on.
    """
    with write(db):
        if not revises:
            limits.require_room(db)
            commands.require_thawed(db)
        entry = applications.append(db, application, made_by, revises + 1)
        attachments.submit(db, entry.record_id, made_by)
        drafts.drop(db, entry.record_id, made_by)
        if sign:
            receipts.keep(db, sign(entry))
        return entry


def receive(db: Database, application: Application, sign: Sign) -> Signed:
    """Append *application* as its applicant sent it, together with the receipt that *sign* makes of the new entry.

    A record that is here already gets the receipt it had: whether it says the same is for the caller to compare.
    Raises Conflict for an id that is taken otherwise or was erased, Refused like ``submit``.
    """
    record_id = str(application.record_id)
    with write(db):
        if known := receipts.find(db, record_id):
            return known
        if erasure.holds(db, record_id):
            raise Conflict("apply.id_taken")
        limits.require_room(db)
        commands.require_thawed(db)
        signed = sign(applications.append(db, application, BY_SELF))
        receipts.keep(db, signed)
        return signed


def require_space(folder: Path, reserve: int) -> None:
    """Raise Unavailable when fewer than *reserve* bytes are free: printing and sending need room to go on."""
    if shutil.disk_usage(folder).free < reserve:
        raise Unavailable("disk_almost_full")
