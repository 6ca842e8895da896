"""A product as an insurer hands it in: whole, in force some day, and with a price for all that it admits."""

from collections.abc import Iterator
from itertools import pairwise

from domain.application import NOT_QUERIED
from domain.check import shape, texts
from domain.check.refusal import repeated
from domain.errors import Invalid, Problem
from domain.product import Product, Rates
from domain.words import ConsentKind


def read(body: bytes) -> Product:
    """Return the product that *body* holds as JSON. Raises Invalid with all that is wrong with it."""
    product = shape.decode(body, Product)
    if problems := check(product):
        raise Invalid(problems)
    return product


def check(product: Product) -> list[Problem]:
    """Return what would make applications under *product* fail or mean two things."""
    return [*_terms(product), *_rates(product), *_names(product), *_consents(product), *texts.check(product)]


def _terms(product: Product) -> Iterator[Problem]:
    if product.valid_from > product.valid_to:
        yield Problem("valid_to", "product_dates")
    if not 0 < product.min_credit_days <= product.max_credit_days:
        yield Problem("max_credit_days", "product_credit_days")
    if product.cover_days < 1:
        yield Problem("cover_days", "product_cover_days")
    if not product.tiers:
        yield Problem("tiers", "product_no_tier")


def _rates(product: Product) -> Iterator[Problem]:
    rates = product.rates
    if not _rising(rates) or rates.bands[-1] < product.max_credit_days:
        yield Problem("rates/bands", "product_bands", {"most": str(product.max_credit_days)})
    for grade in product.grades:
        if len(rates.ppm.get(grade.code, ())) != len(rates.bands):
            yield Problem(f"rates/ppm/{grade.code}", "product_rates", {"bands": str(len(rates.bands))})
    if product.grade(NOT_QUERIED) is None:
        yield Problem("grades", "product_not_queried")


def _rising(rates: Rates) -> bool:
    return bool(rates.bands) and all(before < after for before, after in pairwise(rates.bands))


def _names(product: Product) -> Iterator[Problem]:
    yield from repeated("eligibility", [rule.id for rule in product.eligibility])
    yield from repeated("tiers", [tier.code for tier in product.tiers])
    yield from repeated("grades", [grade.code for grade in product.grades])
    yield from repeated("subsidies", [subsidy.id for subsidy in product.subsidies])
    yield from repeated("documents", [document.id for document in product.documents])
    yield from repeated("claim_documents", [document.id for document in product.claim_documents])
    yield from repeated("consents", [consent.kind for consent in product.consents])
    yield from repeated("decline_reasons", [reason.code for reason in product.decline_reasons])


def _consents(product: Product) -> Iterator[Problem]:
    if not any(consent.kind is ConsentKind.INSURER and consent.required for consent in product.consents):
        yield Problem("consents", "product_no_consent")
