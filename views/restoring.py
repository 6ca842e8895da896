"""Records back from paper (从打印件恢复): what is the same at the counter and in the terminal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from domain.errors import FieldError, Problem, TshegError
from domain.reference import middle, number_of, parse_reference
from imprint import Content, digits
from imprint.papers import Paper, Papers
from pictures import reading
from printing import qr
from slip.errors import Unreadable
from slip.frames import Part
from store import applications, restoration
from store.restoration import Outcome
from views import papercode


class Report(msgspec.Struct, frozen=True):
    """What became of one paper, by its *tag*: the *number* inside its reference, the whole once it is here."""

    tag: str
    number: str
    said: Problem
    reference: str = ""
    restored: bool = False

    @property
    def good(self) -> bool:
        """Whether its record is here."""
        return bool(self.reference)


class Seen(NamedTuple):
    """What was read on one page: *parts* of records, and *references* of records, which every page of a form bears."""

    parts: list[Part]
    references: list[str]


def look(papers: Papers, data: bytes, page: int = 0) -> Seen:
    """Take the codes on one page of *data*, and look twice where a paper on it lacks some; return what was read.

    Raises FieldError where *data* is no picture and no PDF.
    """
    texts = reading.texts(data, page)
    read = _taken(papers, texts)
    if not read or any(papers.of(part).missing for part in read):
        texts += reading.texts(data, page, twice=True)
        read = _taken(papers, texts)
    return Seen(read, list(_references(texts)))


def put_back(
    db: Database, papers: Iterable[Paper], by: str, step: Callable[[int], None] = lambda _count: None
) -> list[Report]:
    """Put the records of *papers* back, the oldest first, and say what became of each; *by* is who wants it.

    *step* is called with 1 after each paper.
    """
    whole: list[tuple[Content, Paper]] = []
    reports: list[Report] = []
    for paper in papers:
        try:
            content = paper.content()
        except Unreadable as error:
            reports.append(Report(paper.tag, paper.number, _problem(error)))
        else:
            whole += [(content, paper)] if content else []
            reports += [] if content else [_unfinished(paper)]
    for content, paper in sorted(whole, key=_age):
        reports.append(_settled(db, content, paper, by))
        step(1)
    return reports


def done_already(db: Database, papers: Iterable[Paper]) -> list[Report]:
    """Return what to say of further codes of *papers* that were put back before, where their records are here."""
    known = {paper: papercode.reference_of(db, paper.held[0].frame) for paper in papers}
    return [
        Report(paper.tag, paper.number, Problem("", "imprint.done", {"reference": reference}), reference)
        for paper, reference in known.items()
        if reference
    ]


def without_data(db: Database, references: Iterable[str], reports: Iterable[Report]) -> list[Report]:
    """Return what to say of papers of which only the reference was read, and that are neither here nor in *reports*."""
    said = {report.number for report in reports}
    named = {reference: middle(number_of(reference)[2]) for reference in references}
    return [
        Report(reference, number, Problem("", "imprint.head_only", {"reference": reference}))
        for reference, number in named.items()
        if number not in said and not applications.first_of(db, [reference])
    ]


def _references(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        with suppress(FieldError):
            yield parse_reference(qr.read(text)[0])


def _taken(papers: Papers, texts: Iterable[str]) -> list[Part]:
    read: list[Part] = []
    for text in filter(digits.is_ours, texts):
        with suppress(Unreadable):
            read += digits.parts(text)
    for part in read:
        papers.add(part)
    return read


def _settled(db: Database, content: Content, paper: Paper, by: str) -> Report:
    try:
        outcome, reference = restoration.put_back(db, content.revision, content.salt, by)
    except TshegError as error:
        return Report(paper.tag, paper.number, _problem(error))
    said = Problem("", outcome, {"reference": reference, "revision": str(content.revision.revision)})
    return Report(paper.tag, paper.number, said, reference, outcome is Outcome.RESTORED)


def _unfinished(paper: Paper) -> Report:
    read = ", ".join(str(part.number) for part in paper.held)
    values = {"missing": str(paper.missing), "total": str(paper.total), "parts": str(paper.parts), "read": read}
    return Report(paper.tag, paper.number, Problem("", "imprint.missing", values))


def _problem(error: TshegError) -> Problem:
    return Problem("", error.code, error.values)


def _age(read: tuple[Content, Paper]) -> tuple[str, int]:
    revision = read[0].revision
    return revision.made_at, revision.revision
