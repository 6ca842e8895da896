"""The example lines of the import format: ten kinds of application that hold for a year."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from demo.applications import applications
from domain.application import Application, Buyer
from domain.check.trade import due_date
from domain.product import Product

COUNT = 10
APART = 5
FIRST_DAY = date(2026, 11, 20)
BY_THE_POINT = frozenset({"record_id", "reference", "point", "clerk", "applied_on", "eligibility", "quote", "state"})


def example_lines(product: Product) -> Iterator[dict[str, Any]]:
    """Yield the examples as import takes them, without what the point fills in.

    They are covered before delivery, as late as the product allows on ``FIRST_DAY``, and hold from then until that day.
    """
    stream = applications(product, FIRST_DAY, COUNT * APART, seed=7)
    for application in islice(stream, 0, None, APART):
        yield _line(application, FIRST_DAY + timedelta(days=product.cover_days))


def _line(application: Application, delivered: date) -> dict[str, Any]:
    buyers = tuple(_later(buyer, delivered) for buyer in application.buyers)
    record: dict[str, Any] = to_builtins(replace(application, buyers=buyers))
    return {field: value for field, value in record.items() if field not in BY_THE_POINT}


def _later(buyer: Buyer, delivered: date) -> Buyer:
    trade = replace(
        buyer.trade,
        invoice_number="",
        invoice_date=None,
        delivery_date=delivered,
        due_date=due_date(delivered, buyer.trade.credit_days),
    )
    return replace(buyer, trade=trade)
