"""The indicative premium (参考报价), line by line, from nothing but the product's data. Integer fen throughout."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, pairwise

from domain.application import Buyer, Cover, Policyholder, Quote, QuoteLine
from domain.errors import FieldError
from domain.product import Product, Rates, Tier
from domain.rounding import half_up
from domain.subsidy import best_subsidy
from domain.words import Industry

PPM = 1_000_000
PERMILLE = 1_000


def quote(product: Product, policyholder: Policyholder, buyers: Sequence[Buyer], cover: Cover, today: date) -> Quote:
    """Price the trades of *buyers* in the tier of *cover*.

    Raises FieldError: product_not_yet, product_expired, tier_unknown, credit_grade_unknown,
    credit_days_no_rate, county_unknown.
    """
    require_in_force(product, today)
    tier = product.tier(cover.tier)
    if tier is None:
        raise FieldError("tier_unknown", tier=cover.tier)
    limits = limits_fen([buyer.trade.amount_fen for buyer in buyers], tier)
    lines = list(_trades(product.rates, policyholder.industry, buyers, limits))
    lines += _minimum(tier, _sum(lines))
    premium = _sum(lines)
    lines += best_subsidy(product.subsidies, policyholder, premium)
    payable = _sum(lines)
    return Quote(
        lines=tuple(lines),
        limits_fen=limits,
        insured_fen=half_up(sum(limits) * tier.insured_percent, 100),
        premium_fen=premium,
        subsidy_fen=premium - payable,
        payable_fen=payable,
    )


def require_in_force(product: Product, today: date) -> None:
    """Raise FieldError unless *product* may quote on *today*."""
    if today < product.valid_from:
        raise FieldError("product_not_yet", valid_from=product.valid_from.isoformat())
    if today > product.valid_to:
        raise FieldError("product_expired", valid_to=product.valid_to.isoformat())


def limits_fen(amounts_fen: Iterable[int], tier: Tier) -> tuple[int, ...]:
    """Return what is covered of each buyer's trade: up to the buyer's limit, in the order listed up to the total."""
    wanted = [min(amount, tier.buyer_limit_fen) for amount in amounts_fen]
    reached = [min(total, tier.total_limit_fen) for total in accumulate(wanted, initial=0)]
    return tuple(after - before for before, after in pairwise(reached))


def rate_ppm(rates: Rates, grade: str, credit_days: int) -> int:
    """Return the rate in parts per million for a buyer's *grade* and *credit_days*."""
    if grade not in rates.ppm:
        raise FieldError("credit_grade_unknown", grade=grade)
    for bound, ppm in zip(rates.bands, rates.ppm[grade], strict=True):
        if credit_days <= bound:
            return ppm
    raise FieldError("credit_days_no_rate", days=str(credit_days), most=str(rates.bands[-1]))


def _trades(rates: Rates, industry: Industry, buyers: Iterable[Buyer], limits: Iterable[int]) -> Iterable[QuoteLine]:
    factor = rates.industry_permille.get(industry, PERMILLE)
    for index, (buyer, basis) in enumerate(zip(buyers, limits, strict=True)):
        ppm = rate_ppm(rates, buyer.credit_grade.grade, buyer.trade.credit_days)
        yield QuoteLine(
            code="trade",
            buyer=index,
            basis_fen=basis,
            rate_ppm=ppm,
            factor_permille=factor,
            amount_fen=half_up(basis * ppm * factor, PPM * PERMILLE),
        )


def _minimum(tier: Tier, premium: int) -> list[QuoteLine]:
    missing = tier.minimum_premium_fen - premium
    if missing <= 0:
        return []
    return [QuoteLine(code="minimum", basis_fen=tier.minimum_premium_fen, amount_fen=missing)]


def _sum(lines: Iterable[QuoteLine]) -> int:
    return sum(line.amount_fen for line in lines)
