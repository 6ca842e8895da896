"""By when the insurer means to answer (预计答复日): the product's own time limits, counted by the calendars at hand."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlite_utils import Database

from domain.product import Clock, Product
from domain.progress import RUNNING
from domain.working_days import Due, due
from i18n import CHINA
from store import calendars
from store.history import Event


def expected(db: Database, product: Product | None, events: Sequence[Event]) -> list[tuple[Clock, Due]]:
    """Return the time limits of *product* that run since the insurer signed for the record, with their last days."""
    confirmed = next((event.when for event in reversed(events) if event.what == "confirmed"), "")
    return list(_running(db, product, confirmed)) if product and confirmed else []


def _running(db: Database, product: Product, confirmed: str) -> Iterator[tuple[Clock, Due]]:
    start, known = datetime.fromisoformat(confirmed).astimezone(CHINA).date(), calendars.here(db)
    for clock in product.clocks:
        if clock.id in RUNNING:
            yield clock, due(clock, start, known)
