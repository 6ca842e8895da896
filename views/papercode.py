"""A square code of a printed paper (数据码): to which record it leads, by this one code alone."""

from collections.abc import Iterable

from sqlite_utils import Database

from domain.reference import middle, written
from imprint import digits
from store import applications, installation
from store.clock import today
from wire.entry import Entry

OLDEST_PAPER = 30  # years


def shown_number(text: str) -> str:
    """Return what the reference of the record of a code says in its middle; raise Unreadable where it is damaged."""
    return middle(_number(text))


def reference_of(db: Database, text: str) -> str | None:
    """Return the reference of the record of a code, None where that is not here; raise Unreadable."""
    point, year = installation.get(db).stamp.code, today().year
    known = [written(point, one, _number(text)) for one in range(year, year - OLDEST_PAPER, -1)]
    return applications.first_of(db, known)


def revision_of(revisions: Iterable[Entry], text: str) -> int:
    """Return which of *revisions* a code is of, 0 where it is none of them; raise Unreadable."""
    tag = digits.parts(text)[0].tag
    left = (entry for entry in revisions if not entry.erased)
    return next((entry.revision for entry in left if digits.parts(digits.written(entry)[0])[0].tag == tag), 0)


def _number(text: str) -> int:
    return digits.number(digits.parts(text)[0])
