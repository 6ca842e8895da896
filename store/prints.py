"""Prints (打印记录): kept in the journal, and found by the record or the day they show."""

from collections.abc import Iterable

import msgspec
from sqlite_utils import Database

from domain.canonical import canonical
from domain.print import Print
from store import journal
from store.clock import now
from wire.entry import Entry, Revision

_OF = """
SELECT journal.record_id, journal.made_at, journal.made_by, journal.body FROM print
JOIN journal ON journal.id = print.journal WHERE print.subject = ? ORDER BY print.journal
"""
_decoder = msgspec.json.Decoder(Print)


class Kept(msgspec.Struct, frozen=True):
    """One print, when it was made (UTC) and by which member of staff, empty for the console."""

    record_id: str
    made_at: str
    made_by: str
    about: Print


def of(db: Database, subject: str) -> list[Kept]:
    """Return everything that was printed of a record or a day, oldest first."""
    rows = db.execute(_OF, [subject]).fetchall()
    return [Kept(record_id, when, by, _decoder.decode(body)) for record_id, when, by, body in rows]


def find(db: Database, record_id: str) -> Kept | None:
    """Return one print, or None where it was not made."""
    entry = journal.find(db, record_id)
    if entry is None or entry.kind != "print" or entry.erased:
        return None
    return Kept(entry.record_id, entry.made_at, entry.made_by, _decoder.decode(entry.body))


def first(printed: Iterable[Kept], like: Print) -> Kept | None:
    """Return the first of *printed* that is the same paper of the same revision in the same look as *like*, or None."""
    wanted = (like.paper, like.revision, like.order, like.size)
    return next(
        (one for one in printed if (one.about.paper, one.about.revision, one.about.order, one.about.size) == wanted),
        None,
    )


def of_paper(printed: Iterable[Kept], paper: str) -> list[Kept]:
    """Return those of *printed* that are this paper, of whatever revision, in whatever look."""
    return [one for one in printed if one.about.paper == paper]


def append(db: Database, record_id: str, about: Print, made_by: str) -> Entry:
    """Keep a print inside the caller's transaction; the same one again changes nothing."""
    return journal.append(
        db,
        Revision(
            record_id=record_id,
            kind="print",
            revision=1,
            form_version=about.form_version,
            made_at=now(),
            made_by=made_by,
            body=canonical(about),
        ),
    )
