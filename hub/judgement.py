"""What follows from a record as soon as it is stored: set aside, accepted by the rules, or left for the underwriter."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection

from domain.application import Application
from domain.check import shape, whole
from domain.errors import Invalid, Problem
from domain.product import Product
from domain.underwriting import decide_alone
from hub.clock import today
from hub.decisions import RULES, Subject, accept, quarantine
from hub.store import applications, journal, products
from hub.store.recorded import Recorded
from wire.entry import Entry

FURTHEST_AHEAD = timedelta(days=366)


def judge(connection: Connection, recorded: Recorded) -> None:
    """Answer an application where the rules can. Other kinds are kept as they are."""
    entry, point = recorded.entry, recorded.point
    if entry.kind != "application" or _was_told(connection, point, entry):
        return
    reference = applications.find(connection, point, entry.record_id).reference
    subject = Subject(point, entry.record_id, entry.revision, reference)
    try:
        application, product = read(connection, point, entry)
    except Invalid as error:
        quarantine(connection, subject, error.problems)
        return
    if decide_alone(application, product, today()):
        accept(connection, subject, application, product, RULES)


def read(connection: Connection, point: str, entry: Entry) -> tuple[Application, Product]:
    """Return the application and its product; raise Invalid with all problems that set the record aside.

    Checked by the date on the form: what was right then is not wrong because the road was closed for weeks.
    """
    application = shape.read(entry.body)
    problems = [*_place(connection, point, entry), *_identity(point, entry, application)]
    signed = products.find(connection, application.cover.product, application.cover.version)
    if signed is None:
        raise Invalid([*problems, Problem("cover/version", "hub.product_unknown")])
    problems += whole.check(application, signed.product, _written_on(application))
    if problems:
        raise Invalid(problems)
    return application, signed.product


def _was_told(connection: Connection, point: str, entry: Entry) -> bool:
    copies = journal.copies(connection, point, entry.record_id, entry.revision)
    return any(copy.hash != entry.hash and (copy.kind, copy.body) == (entry.kind, entry.body) for copy in copies)


def _place(connection: Connection, point: str, entry: Entry) -> Iterator[Problem]:
    if len(journal.copies(connection, point, entry.record_id, entry.revision)) > 1:
        yield Problem("record_id", "hub.other_content")
    shown = applications.find(connection, point, entry.record_id)
    if shown.state == "decided":
        yield Problem("record_id", "hub.decided_before")
    elif shown.revision > entry.revision:
        yield Problem("record_id", "hub.newer_revision")


def _identity(point: str, entry: Entry, application: Application) -> Iterator[Problem]:
    if application.record_id != entry.record_id:
        yield Problem("record_id", "hub.other_record")
    if application.point is None or application.point.code != point:
        yield Problem("point", "hub.other_point")
    if not application.reference:
        yield Problem("reference", "required")
    if application.applied_on is None:
        yield Problem("applied_on", "required")


def _written_on(application: Application) -> date:
    # Clocks are wrong by minutes or months; what is further ahead is checked, and refused, as of then.
    return min(application.applied_on or today(), today() + FURTHEST_AHEAD)
