"""What may be accepted without a person (自动核保), and the cover that is granted."""

from datetime import date, timedelta

from domain.application import Application, Quote
from domain.check import whole
from domain.decision import CoverGranted
from domain.document import required_documents
from domain.eligibility import assess, facts_of
from domain.product import Product
from domain.quote import quote
from domain.words import Standing


def decide_alone(application: Application, product: Product, today: date) -> bool:
    """Say whether the rules accept *application* alone; everything else is for an underwriter, never a refusal."""
    return not whole.check(application, product, today) and within_rules(application, product, today)


def within_rules(application: Application, product: Product, today: date) -> bool:
    """Say whether the rules accept *application*, in which a whole check as of *today* has found no problem."""
    return (
        assess(product, facts_of(application)).standing is Standing.INSURABLE
        and _within_bounds(application, product, today)
        and not _flagged(application, product)
    )


def grant(application: Application, product: Product, policy_number: str, today: date) -> CoverGranted:
    """Return the cover at the price that was quoted, from *today* for the product's days, the last one included.

    Raises the FieldErrors of ``quote`` where the application states none.
    """
    price = application.quote or _price(application, product, today)
    return CoverGranted(
        policy_number=policy_number,
        starts_on=today,
        ends_on=today + timedelta(days=product.cover_days - 1),
        insured_fen=price.insured_fen,
        premium_fen=price.premium_fen,
        subsidy_fen=price.subsidy_fen,
        payable_fen=price.payable_fen,
        limits_fen=price.limits_fen,
    )


def _within_bounds(application: Application, product: Product, today: date) -> bool:
    bounds, buyers = product.automatic, application.buyers
    return (
        application.policyholder.kind in bounds.kinds
        and len(buyers) <= bounds.max_buyers
        and all(buyer.credit_grade.grade in bounds.grades for buyer in buyers)
        and all(buyer.trade.credit_days <= bounds.max_credit_days for buyer in buyers)
        and _price(application, product, today).insured_fen <= bounds.max_insured_fen
    )


def _flagged(application: Application, product: Product) -> bool:
    missing = set(required_documents(product, application.policyholder.kind)).difference(application.documents)
    return bool(missing or application.duplicate_reason or application.business.unpaid_losses)


def _price(application: Application, product: Product, today: date) -> Quote:
    return quote(product, application.policyholder, application.buyers, application.cover, today)
