"""Submitting (提交): the draft becomes a record, in one durable transaction."""

import shutil
from pathlib import Path

from sqlite_utils import Database

from domain.application import Application
from domain.errors import Unavailable
from store import applications, attachments, commands, drafts, limits
from store.connection import write
from wire.entry import Entry


def submit(db: Database, application: Application, made_by: str, revises: int = 0) -> Entry:
    """Append *application* and its pictures after revision *revises* and drop its draft.

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
        return entry


def require_space(folder: Path, reserve: int) -> None:
    """Raise Unavailable when fewer than *reserve* bytes are free: printing and sending need room to go on."""
    if shutil.disk_usage(folder).free < reserve:
        raise Unavailable("disk_almost_full")
