"""Importing (批量导入): every line checked as the form would, a typed result for each, none stops the rest."""

import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import click
import msgspec
from msgspec.structs import replace
from sqlite_utils import Database

from domain.application import Application
from domain.check import shape, whole
from domain.complete import complete
from domain.errors import Conflict, FieldError, Invalid, Problem, TshegError, Unavailable
from domain.problems import MESSAGES
from domain.product import Product
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from domain.words import Language
from drawable import drawn
from i18n import text
from settings import Settings
from store import applications, installation, journal, products, submissions
from store.clock import today

IMPORTED_BY = "import"
FILLED_HERE = ("record_id", "reference", "point", "clerk", "applied_on", "eligibility", "quote", "state")


class Reason(msgspec.Struct, frozen=True):
    """Why a line was refused: where, which code, and the message in both languages."""

    path: str
    code: str
    zh: str
    bo: str


class Line(msgspec.Struct, frozen=True):
    """The result of one line, counted from 1: imported, already_here or refused."""

    line: int
    result: str
    reference: str = ""
    record_id: str = ""
    reasons: tuple[Reason, ...] = ()


def import_lines(db: Database, settings: Settings, file: BinaryIO) -> Iterator[Line]:
    """Yield a result for each line of *file* that is not blank."""
    product = products.in_force(db, today())
    if product is None:
        raise Unavailable("product_missing")
    for number, raw in enumerate(_with_progress(file), start=1):
        if raw.strip():
            yield _line(db, settings, product, number, raw)


def _line(db: Database, settings: Settings, product: Product, number: int, raw: bytes) -> Line:
    try:
        given = shape.read(raw)
        if known := _known(db, given):
            return Line(number, "already_here", str(known.reference), str(known.record_id))
        application = _completed(db, product, given)
        submissions.require_space(settings.data, settings.disk_reserve)
        entry = submissions.submit(db, application, IMPORTED_BY)
    except Invalid as error:
        return Line(number, "refused", reasons=tuple(_reason(problem) for problem in error.problems))
    except TshegError as error:
        return Line(number, "refused", reasons=(_reason(Problem("", error.code, error.values)),))
    return Line(number, "imported", str(application.reference), entry.record_id)


def _known(db: Database, given: Application) -> Application | None:
    """Return the application of this id that is already here; raise Conflict when it says something else."""
    entry = journal.find(db, given.record_id) if given.record_id else None
    if entry is None:
        return None
    known = shape.read(entry.body)
    filled = {name: getattr(known, name) for name in FILLED_HERE}
    if replace(given, **filled) != known:
        raise Conflict("journal.other_content", record=entry.record_id)
    return known


def _completed(db: Database, product: Product, given: Application) -> Application:
    problems = [*whole.check(given, product, today()), *_undrawable(given)]
    if not problems and applications.same_invoice(db, given) and not given.duplicate_reason:
        problems = [Problem("duplicate_reason", "invoice_already_here")]
    if problems:
        raise Invalid(problems)
    point = installation.get(db).stamp
    record_id = given.record_id or new_uuid7()
    reference = reference_for(record_id, point.code, today().year)
    return complete(given, product, point, record_id, reference, given.clerk, given.applied_on or today())


def _undrawable(given: Application) -> list[Problem]:
    try:
        drawn(msgspec.json.encode(given).decode())
    except FieldError as error:
        return [error.problem("")]
    return []


def _reason(problem: Problem) -> Reason:
    said = {language: text(language, MESSAGES[problem.code], **problem.values) for language in Language}
    return Reason(problem.path, problem.code, said[Language.CHINESE], said[Language.TIBETAN])


def _with_progress(file: BinaryIO) -> Iterable[bytes]:
    lines = file.readlines()
    with click.progressbar(lines, file=sys.stderr, hidden=not sys.stderr.isatty(), label="导入") as shown:
        yield from shown
