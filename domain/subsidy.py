"""Premium subsidies (保费补贴): which apply, and the one that is taken, since a policy carries one subsidy only."""

from collections.abc import Iterable
from operator import attrgetter

from domain.application import Policyholder, QuoteLine
from domain.product import Product, Subsidy
from domain.region import county
from domain.rounding import half_up

CODE = "subsidy-"
PPM_PER_PERCENT = 10_000


def best_subsidy(subsidies: Iterable[Subsidy], policyholder: Policyholder, premium_fen: int) -> list[QuoteLine]:
    """Return the line of the subsidy that takes most off the premium, the first listed of equals, or no line."""
    lines = [_line(subsidy, premium_fen) for subsidy in subsidies if _applies(subsidy, policyholder)]
    return sorted((line for line in lines if line.amount_fen), key=attrgetter("amount_fen"))[:1]


def subsidy_of(product: Product, code: str) -> Subsidy | None:
    """Return the subsidy that a quote line's *code* names, or None."""
    return next((subsidy for subsidy in product.subsidies if CODE + subsidy.id == code), None)


def _line(subsidy: Subsidy, premium_fen: int) -> QuoteLine:
    return QuoteLine(
        code=CODE + subsidy.id,
        basis_fen=premium_fen,
        rate_ppm=subsidy.percent * PPM_PER_PERCENT,
        amount_fen=-min(half_up(premium_fen * subsidy.percent, 100), subsidy.cap_fen),
    )


def _applies(subsidy: Subsidy, policyholder: Policyholder) -> bool:
    return (
        (subsidy.border_county is None or subsidy.border_county is county(policyholder.county).is_border)
        and (not subsidy.industries or policyholder.industry in subsidy.industries)
        and (not subsidy.area_tags or not set(subsidy.area_tags).isdisjoint(policyholder.area_tags))
        and (not subsidy.policy_tags or not set(subsidy.policy_tags).isdisjoint(policyholder.policy_tags))
    )
