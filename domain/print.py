"""Prints (打印记录): which paper was put on paper, when it was again and why, and what makes the two differ."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION, Note
from domain.dates import minute
from domain.words import Change, PaperSize, PrintReason, ScriptOrder

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the PDF's bytes.")]
Moment = Annotated[str, Meta(description="UTC, ISO 8601, to the second.")]


class Difference(Struct, frozen=True, kw_only=True):
    """One thing that is not as it was: from what to what, and since which day where that is known."""

    what: Change
    before: str = ""
    now: str = ""
    since: date | None = None

    @property
    def shown(self) -> str:
        """Both as people read them, or an empty text where nobody could."""
        return "" if self.what in (Change.ANSWER, Change.SETTINGS) else f"{self.before} → {self.now}"


class Reprint(Struct, frozen=True, kw_only=True):
    """What a paper says of itself when it is not what was printed first; *reason* is None for a new revision."""

    first_at: Moment
    reason: PrintReason | None = None
    differences: tuple[Difference, ...] = ()

    @property
    def first(self) -> str:
        """When it was printed first, in UTC+8 to the minute."""
        return minute(self.first_at)


class Print(Struct, frozen=True, kw_only=True):
    """One print of one paper; who and when stand on its entry. Fields of a newer point are ignored.

    *subject* is the record that the paper shows, or the day of a list. *sha256* is of this paper as a PDF of its own,
    also where it was printed in one document with others. *answer* is the insurer's decision it shows, if any.
    *reprint* is the line that stands on it.
    """

    form_version: int = FORM_VERSION
    paper: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}$", description="Which paper.")]
    subject: Annotated[str, Meta(min_length=1, max_length=40)]
    revision: Annotated[int, Meta(ge=0, description="Revision of the record; 0 where there is none.")] = 0
    order: ScriptOrder
    size: PaperSize = PaperSize.A4
    sha256: Sha256
    program: Annotated[str, Meta(max_length=40, description="Version of the program that laid it out.")]
    product: Annotated[str, Meta(max_length=60, description="Product and version, as `id/version`.")] = ""
    answer: Annotated[str, Meta(max_length=36)] = ""
    reason: PrintReason | None = None
    words: Note = ""
    reprint: Reprint | None = None

    @property
    def digest(self) -> bytes:
        """The SHA-256 as bytes."""
        return bytes.fromhex(self.sha256)


def differences(first: Print, now: Print, since: Mapping[Change, date]) -> tuple[Difference, ...]:
    """Return what can make *now* differ from *first*; bytes that differ without any of it differ by a setting."""
    facts = (
        (Change.REVISION, str(first.revision), str(now.revision)),
        (Change.ANSWER, first.answer, now.answer),
        (Change.PRODUCT, first.product, now.product),
        (Change.LAYOUT, first.program, now.program),
    )
    found = tuple(
        Difference(what=what, before=before, now=after, since=since.get(what))
        for what, before, after in facts
        if before != after
    )
    return found or (Difference(what=Change.SETTINGS),)
