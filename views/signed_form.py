"""Which form a photograph shows (签字的表): read from any of its square codes, told at once when it is another one."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from sqlite_utils import Database

from domain.blank_code import reference_of
from domain.errors import FieldError, NotFound
from imprint import digits, proof
from pictures import reading
from printing import qr
from slip.errors import Unreadable
from store import applications, blanks, journal
from views import papercode
from views.scan import is_number
from wire.entry import Entry

FROM_BLANK = 1


class Shown(NamedTuple):
    """Which revision's form a photograph shows, and whether its own code said so."""

    revision: int
    by_code: bool = False


def shown(db: Database, record_id: str, photograph: bytes) -> Shown:
    """Return which form is on *photograph*; where no code could be read, the newest.

    Raises FieldError where it is the form of another application, or of a revision that is not here: nobody may take a
    signature on that for one on the newest.
    """
    own, revisions = _reference(db, record_id), journal.revisions(db, record_id)
    named = [_named(db, text, revisions) for text in _codes(photograph)]
    for reference, revision in named:
        if reference and reference != own:
            raise FieldError("paper.other_form", reference=reference)
        if reference and revision:
            return Shown(revision, by_code=True)
    if any(reference for reference, _ in named):
        raise FieldError("paper.other_revision")
    return Shown(revisions[-1].revision if revisions else FROM_BLANK)


def _reference(db: Database, record_id: str) -> str:
    with suppress(NotFound):
        return str(applications.read(db, record_id).reference)
    return blanks.reference_of(db, record_id)


def _codes(photograph: bytes) -> list[str]:
    with suppress(FieldError):  # what cannot be read as a picture is refused by whoever keeps it
        return reading.texts(photograph)
    return []


def _named(db: Database, text: str, revisions: Sequence[Entry]) -> tuple[str, int]:
    """Return the reference on whose paper a code stands and which of *revisions* that shows, 0 where none is known."""
    with suppress(FieldError, Unreadable):
        if is_number(text):
            return reference_of(text), FROM_BLANK
        if digits.is_ours(text):
            reference = papercode.reference_of(db, text) or papercode.shown_number(text)
            return reference, papercode.revision_of(revisions, text)
    reference, digest = qr.read(text)
    left = (entry for entry in revisions if not entry.erased)
    return reference, next((entry.revision for entry in left if proof(entry) == digest), 0)
