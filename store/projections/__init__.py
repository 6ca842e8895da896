"""What people search, derived from the journal: one module per kind, each with ``project`` and its ``TABLES``."""

from contextlib import suppress

import msgspec
from sqlite_utils import Database

from store.projections import (
    activity,
    application,
    attachment,
    blank,
    buyers,
    calendar,
    carried_out,
    codes,
    command,
    decision,
    lead,
    limits,
    print,
    product,
)
from wire.entry import Entry

KINDS = {
    "activity": activity,
    "application": application,
    "attachment": attachment,
    "blank": blank,
    "buyers": buyers,
    "calendar": calendar,
    "carried_out": carried_out,
    "codes": codes,
    "command": command,
    "decision": decision,
    "lead": lead,
    "limits": limits,
    "print": print,
    "product": product,
}


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Update the tables that follow from one new entry.

    Kinds nobody searches are left in the journal, and so is what a newer hub wrote in words
    this version does not know: a rebuild after the update will show it. Of an erased one nothing follows.
    """
    kind = KINDS.get(entry.kind)
    if kind is not None and not entry.erased:
        with suppress(msgspec.ValidationError):
            kind.project(db, journal_id, entry)


def clear(db: Database) -> None:
    """Empty every projection, so that they can be made again."""
    for kind in KINDS.values():
        kind.clear(db)
