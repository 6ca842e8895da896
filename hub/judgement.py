"""What follows from a record as soon as it is stored: set aside, accepted by the rules, or left for the underwriter."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

from sqlalchemy import Connection

from domain.application import Application
from domain.check import whole
from domain.decision import Decision
from domain.errors import Invalid, Problem
from domain.product import Product, SignedProduct
from domain.received import Received, read
from domain.underwriting import decide_alone, within_rules
from hub import decisions
from hub.clock import today
from hub.decisions import RULES, Subject
from hub.store import applications, products
from hub.store.applications import Summary
from wire.entry import Entry

FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Seen:
    """What was known when a run of entries came: earlier entries of the same records, what the desk shows of them."""

    point: str
    earlier: dict[str, list[Entry]]
    shown: dict[str, Summary]
    product: Callable[[str, int], SignedProduct | None]

    def copies(self, entry: Entry) -> list[Entry]:
        """Return the earlier entries that claim to be the same revision of the same record."""
        return [copy for copy in self.earlier.get(entry.record_id, ()) if copy.revision == entry.revision]


def judge(connection: Connection, point: str, entries: Sequence[Entry], earlier: Sequence[Entry]) -> None:
    """Answer the applications among *entries*, just stored, no record twice, where the rules can.

    *earlier* are the entries of the same records that were there before. Other kinds are kept as they are.
    """
    arrived = [entry for entry in entries if entry.kind == "application" and not entry.erased]
    if not arrived:
        return
    by_record: dict[str, list[Entry]] = {}
    for entry in earlier:
        by_record.setdefault(entry.record_id, []).append(entry)
    shown = applications.of_records(connection, point, [entry.record_id for entry in arrived])
    seen = Seen(point, by_record, shown, cache(partial(products.find, connection)))
    numbers = decisions.policy_numbers(connection, len(arrived))
    answers = (_answer(seen, entry, number) for entry, number in zip(arrived, numbers, strict=True))
    decisions.hand_down(connection, point, [answer for answer in answers if answer])


def _answer(seen: Seen, entry: Entry, number: str) -> Decision | None:
    if _was_told(seen, entry):
        return None
    subject = Subject(seen.point, entry.record_id, entry.revision, seen.shown[entry.record_id].reference)
    try:
        received, product = _read(seen, entry)
    except Invalid as error:
        return decisions.quarantined(subject, error.problems)
    if received.unknown:
        return None
    application = received.record
    checked_today = _written_on(application) == today()
    if (within_rules if checked_today else decide_alone)(application, product, today()):
        return decisions.accepted(subject, application, product, number, RULES)
    return None


def _read(seen: Seen, entry: Entry) -> tuple[Received[Application], Product]:
    # Checked by the date on the form: what was right then is not wrong because the road was closed for weeks.
    received = read(entry.body, Application)
    application = received.record
    problems = [*_place(seen, entry), *_identity(seen.point, entry, application)]
    signed = seen.product(application.cover.product, application.cover.version)
    if signed is None:
        raise Invalid([*problems, Problem("cover/version", "hub.product_unknown")])
    problems += whole.check(application, signed.product, _written_on(application))
    if problems:
        raise Invalid(problems)
    return received, signed.product


def _was_told(seen: Seen, entry: Entry) -> bool:
    return any((copy.kind, copy.body) == (entry.kind, entry.body) for copy in seen.copies(entry))


def _place(seen: Seen, entry: Entry) -> Iterator[Problem]:
    if seen.copies(entry):
        yield Problem("record_id", "hub.other_content")
    shown = seen.shown[entry.record_id]
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
