"""Why the rules did not accept an application alone (自动核保范围之外), said to the underwriter."""

from collections.abc import Iterator, Sequence

from domain.application import Application, Quote
from domain.errors import Problem
from domain.money import format_yuan
from domain.product import Product

MOST_SHOWN = 200


def flags(application: Application, product: Product, price: Quote | None) -> Iterator[Problem]:
    """Yield every bound of ``product.automatic`` that *application*, priced at *price*, goes beyond."""
    bounds = product.automatic
    if application.policyholder.kind not in bounds.kinds:
        yield Problem("policyholder/kind", "hub.flag_kind")
    if len(application.buyers) > bounds.max_buyers:
        yield Problem("buyers", "hub.flag_buyers", {"most": str(bounds.max_buyers)})
    if price and price.insured_fen > bounds.max_insured_fen:
        yield Problem("quote/insured_fen", "hub.flag_insured", {"most": format_yuan(bounds.max_insured_fen)})
    if application.business.unpaid_losses:
        yield Problem("business/unpaid_losses", "hub.flag_losses")
    if application.duplicate_reason:
        yield Problem("duplicate_reason", "hub.flag_duplicate", {"reason": application.duplicate_reason})
    yield from _buyers(application, product)


def unread(places: Sequence[str]) -> Iterator[Problem]:
    """Yield one problem where a newer program wrote fields that ours does not have, at *places*."""
    if places:
        yield Problem("", "hub.flag_unknown", {"fields": ", ".join(places)[:MOST_SHOWN]})


def _buyers(application: Application, product: Product) -> Iterator[Problem]:
    bounds = product.automatic
    for index, buyer in enumerate(application.buyers):
        if buyer.credit_grade.grade not in bounds.grades:
            yield Problem(f"buyers/{index}/credit_grade", "hub.flag_grade", {"buyer": buyer.name})
        if buyer.trade.credit_days > bounds.max_credit_days:
            values = {"buyer": buyer.name, "most": str(bounds.max_credit_days)}
            yield Problem(f"buyers/{index}/trade/credit_days", "hub.flag_days", values)
