"""One paper as it comes out of the printer (打印件): held against the one that was printed first, and kept."""

import hashlib
from dataclasses import replace as changed
from typing import NamedTuple

from msgspec.structs import replace
from sqlite_utils import Database

from domain.print import Print, Reprint, differences
from printing.paper import Paper
from settings import Settings
from store import prints, signatures
from store.pile import Wanted
from store.prints import Kept
from views import printed
from views.frame import VERSION
from views.pressing import pressed
from views.printed import Found


class Printout(NamedTuple):
    """A paper, its PDF, what the journal will say of it, and the first print of the same revision in the same look."""

    paper: Paper
    pdf: bytes
    about: Print
    first: Kept | None

    @property
    def identical(self) -> bool:
        """Whether it is, byte for byte, what was printed first."""
        return self.first is not None and self.first.about.sha256 == self.about.sha256


def prepare(db: Database, settings: Settings, wanted: Wanted) -> Printout:
    """Make a paper; when it is not what was printed before, it says so itself.

    Raises NotFound where there is no such paper, PrintFailed where it could not be made.
    """
    found = printed.find(db, wanted.application, wanted.paper, settings, wanted.size)
    bare, earlier = _bare(found, wanted), prints.of(db, wanted.application)
    first = prints.first(earlier, bare)
    if first is None:
        return _pressed(found, bare, _supersedes(earlier, bare, found), None)
    same = _pressed(found, bare, first.about.reprint, first)
    return same if same.identical else _pressed(found, bare, _again(earlier, bare, found, first), first)


def reproduce(db: Database, settings: Settings, kept: Kept) -> Printout:
    """Make a print that was kept once more, with the line that stood on it; ``identical`` says whether that went."""
    about = kept.about
    found = printed.find(db, about.subject, about.paper, settings, about.size, about.revision)
    return _pressed(found, about, about.reprint, kept)


def is_again(db: Database, wanted: Wanted) -> bool:
    """Say whether this paper of this revision was printed before, in whatever look."""
    return wanted.paper in printed_before(db, wanted.application)


def printed_before(db: Database, application: str) -> set[str]:
    """Return the papers of which the very revision that they show now was printed before: they ask why again."""
    earlier = {(one.about.paper, one.about.revision) for one in prints.of(db, application)}
    shown = printed.revisions(db, application)
    before = {paper for paper, revision in shown.items() if (paper, revision) in earlier}
    on_paper = signatures.FORM in shown and signatures.is_printed(db, application, shown[signatures.FORM])
    return before | ({signatures.FORM} if on_paper else set())


def _bare(found: Found, wanted: Wanted) -> Print:
    return Print(
        paper=wanted.paper,
        subject=wanted.application,
        revision=found.entry.revision,
        order=wanted.order,
        size=wanted.size,
        sha256="",
        program=VERSION,
        product=f"{found.product.id}/{found.product.version}",
        answer=found.answer.record_id if found.answer else "",
        reason=wanted.reason,
        words=wanted.words,
    )


def _supersedes(earlier: list[Kept], now: Print, found: Found) -> Reprint | None:
    """Return what a paper of a new revision says of those before, which people may still hold."""
    before = prints.of_paper(earlier, now.paper)
    if not any(one.about.revision < now.revision for one in before):
        return None
    origin = before[0]
    return Reprint(first_at=origin.made_at, differences=differences(origin.about, now, found.since))


def _again(earlier: list[Kept], now: Print, found: Found, first: Kept) -> Reprint:
    """Return what a reprint says: what changed since the paper was printed at all, and since *first* what else."""
    origin = prints.of_paper(earlier, now.paper)[0]
    changes = differences(origin.about, now, found.since)
    named = {one.what for one in changes}
    more = [one for one in differences(first.about, now, found.since) if one.what not in named]
    return Reprint(first_at=origin.made_at, reason=now.reason, differences=(*changes, *more))


def _pressed(found: Found, about: Print, line: Reprint | None, first: Kept | None) -> Printout:
    paper = changed(found.paper, values=found.paper.values | {"reprint": line}) if line else found.paper
    pdf = pressed(paper, about.order)
    return Printout(paper, pdf, replace(about, sha256=hashlib.sha256(pdf).hexdigest(), reprint=line), first)
