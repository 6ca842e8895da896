"""The cover chosen (投保方案): a tier of the very product that is offered today."""

from collections.abc import Iterator
from datetime import date

from domain.application import Cover
from domain.errors import FieldError, Problem
from domain.product import Product
from domain.quote import require_in_force


def check(cover: Cover, product: Product, today: date) -> list[Problem]:
    """Return the problems of the cover section."""
    return [*_product(cover, product, today), *_tier(cover, product)]


def _product(cover: Cover, product: Product, today: date) -> Iterator[Problem]:
    if cover.product != product.id:
        yield Problem("product", "product_other", {"expected": product.id})
    if cover.version != product.version:
        yield Problem("version", "product_version", {"expected": str(product.version)})
    try:
        require_in_force(product, today)
    except FieldError as error:
        yield error.problem("product")


def _tier(cover: Cover, product: Product) -> Iterator[Problem]:
    if product.tier(cover.tier) is None:
        yield Problem("tier", "tier_unknown", {"tier": cover.tier})
