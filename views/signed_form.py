"""Which form a photograph shows (签字的表): read from its square code, told at once when it is another one."""

from contextlib import suppress
from typing import NamedTuple

from sqlite_utils import Database

from domain.blank_code import reference_of
from domain.errors import FieldError, NotFound
from pictures import reading
from printing import qr
from store import applications, blanks, journal
from views.scan import is_number

FROM_BLANK = 1


class Shown(NamedTuple):
    """Which revision's form a photograph shows, and whether its own code said so."""

    revision: int
    by_code: bool = False


def shown(db: Database, record_id: str, photograph: bytes) -> Shown:
    """Return which form is on *photograph*; where no code could be read, the newest.

    Raises FieldError where it is the form of another application.
    """
    own, revisions = _reference(db, record_id), journal.revisions(db, record_id)
    for reference, digest in map(_named, _codes(photograph)):
        if reference and reference != own:
            raise FieldError("paper.other_form", reference=reference)
        known = [entry.revision for entry in revisions if entry.hash == digest] or [FROM_BLANK] * (not digest)
        if reference and known:
            return Shown(known[0], by_code=True)
    return Shown(revisions[-1].revision if revisions else FROM_BLANK)


def _reference(db: Database, record_id: str) -> str:
    with suppress(NotFound):
        return str(applications.read(db, record_id).reference)
    return blanks.reference_of(db, record_id)


def _codes(photograph: bytes) -> list[str]:
    with suppress(FieldError):  # what cannot be read as a picture is refused by whoever keeps it
        return reading.texts(photograph)
    return []


def _named(text: str) -> tuple[str, bytes]:
    if is_number(text):
        with suppress(FieldError):
            return reference_of(text), b""
    return qr.read(text)
