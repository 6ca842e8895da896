from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import Quote
from domain.errors import FieldError
from domain.quote import limits_fen, quote, rate_ppm
from domain.rounding import half_up
from domain.subsidy import subsidy_of
from domain.words import AreaTag, Industry
from tests.sample import APPLICATION, BUYER, HOLDER, PRODUCT, TODAY, changed

TIERS = {tier.code: tier for tier in PRODUCT.tiers}
GRADES = [grade.code for grade in PRODUCT.grades]
YUAN = 100
FARMER_INLAND = changed(HOLDER, county="540102")
NO_SUBSIDY = changed(FARMER_INLAND, industry=Industry.OTHER)
amounts = st.integers(min_value=0, max_value=999_999_999_999)


def trade(amount=4_000_000, days=60, grade="good"):
    return changed(BUYER, trade__amount_fen=amount, trade__credit_days=days, credit_grade__grade=grade)


def priced(*buyers, holder=NO_SUBSIDY, tier="basic", product=PRODUCT, today=TODAY) -> Quote:
    return quote(product, holder, buyers, changed(APPLICATION.cover, tier=tier), today)


trades = st.builds(trade, amounts, st.integers(min_value=1, max_value=180), st.sampled_from(GRADES))
holders = st.builds(
    lambda county, industry, tags: changed(HOLDER, county=county, industry=industry, area_tags=tags),
    st.sampled_from(["540234", "540102"]),
    st.sampled_from(list(Industry)),
    st.sampled_from([(), (AreaTag.BONDED_ZONE,)]),
)
tiers = st.sampled_from(list(TIERS))
any_quote = given(st.lists(trades, min_size=1, max_size=5), holders, tiers)


def test_it_explains_the_premium_line_by_line():
    found = priced(trade(40_000 * YUAN, 60, "good"), trade(250_000 * YUAN, 90, "fair"))
    assert [(line.code, line.buyer, line.basis_fen, line.rate_ppm, line.factor_permille, line.amount_fen)
            for line in found.lines] == [
        ("trade", 0, 40_000 * YUAN, 3300, 1100, 14_520),
        ("trade", 1, 200_000 * YUAN, 5800, 1100, 127_600),
    ]  # fmt: skip
    assert found.limits_fen == (40_000 * YUAN, 200_000 * YUAN)
    assert found.insured_fen == 192_000 * YUAN
    assert (found.premium_fen, found.subsidy_fen, found.payable_fen) == (142_120, 0, 142_120)


def test_a_small_premium_is_raised_to_the_tiers_minimum():
    found = priced(trade(40_000 * YUAN))
    assert [(line.code, line.amount_fen) for line in found.lines] == [("trade", 14_520), ("minimum", 65_480)]
    assert found.payable_fen == 800 * YUAN


def test_the_aggregate_limit_is_used_up_in_the_order_of_the_list():
    tier = TIERS["starter"]
    assert limits_fen([60_000 * YUAN, 40_000 * YUAN, 50_000 * YUAN, 50_000 * YUAN], tier) == (
        50_000 * YUAN,
        40_000 * YUAN,
        50_000 * YUAN,
        10_000 * YUAN,
    )


def test_of_several_subsidies_the_best_one_is_taken():
    found = priced(trade(200_000 * YUAN), holder=HOLDER)
    assert [line.code for line in found.lines] == ["trade", "minimum", "subsidy-border-county"]
    assert found.subsidy_fen == 240 * YUAN
    assert found.payable_fen == 560 * YUAN


def test_a_subsidy_stops_at_its_cap():
    buyers = [trade(10_000_000 * YUAN, 180, "poor")] * 3
    found = priced(*buyers, holder=HOLDER, tier="plus")
    assert found.subsidy_fen == 3_000 * YUAN


@pytest.mark.parametrize(("holder", "subsidy"), [
    (FARMER_INLAND, "plateau-industry"),
    (changed(NO_SUBSIDY, county="540234"), "border-county"),
    (changed(NO_SUBSIDY, area_tags=(AreaTag.BONDED_ZONE,)), "key-area"),
])  # fmt: skip
def test_each_subsidy_has_its_own_conditions(holder, subsidy):
    line = priced(trade(), holder=holder).lines[-1]
    found = subsidy_of(PRODUCT, line.code)
    assert found is not None
    assert found.id == subsidy


def test_a_line_that_is_no_subsidy_names_none():
    assert subsidy_of(PRODUCT, "minimum") is None


@pytest.mark.parametrize(("days", "ppm"), [(1, 2600), (30, 2600), (31, 3300), (60, 3300), (180, 6600)])
def test_a_band_holds_up_to_its_last_day(days, ppm):
    assert rate_ppm(PRODUCT.rates, "good", days) == ppm


@pytest.mark.parametrize(("code", "values", "asked"), [
    ("tier_unknown", {"tier": "gold"}, {"tier": "gold"}),
    ("product_expired", {"valid_to": "2027-12-31"}, {"today": date(2028, 1, 1)}),
    ("product_not_yet", {"valid_from": "2026-01-01"}, {"today": date(2025, 12, 31)}),
    ("credit_grade_unknown", {"grade": "AAA"}, {"grade": "AAA"}),
    ("credit_days_no_rate", {"days": "181", "most": "180"}, {"days": 181}),
    ("county_unknown", {}, {"holder": changed(HOLDER, county="110101")}),
])  # fmt: skip
def test_it_refuses_to_quote_and_says_why(code, values, asked):
    one = trade(**{key: asked.pop(key) for key in ("grade", "days") if key in asked})
    with pytest.raises(FieldError) as caught:
        priced(one, **asked)
    assert (caught.value.code, caught.value.values) == (code, values)


def test_it_quotes_on_the_first_and_the_last_day():
    assert priced(trade(), today=PRODUCT.valid_from) == priced(trade(), today=PRODUCT.valid_to)


def test_an_industry_without_a_factor_pays_the_plain_rate():
    assert priced(trade(), product=changed(PRODUCT, rates__industry_permille={})).lines[0].factor_permille == 1000


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"), [(0, 7, 0), (1, 2, 1), (5, 10, 1), (4, 10, 0), (7, 2, 4)]
)
def test_halves_are_rounded_up(numerator, denominator, whole):
    assert half_up(numerator, denominator) == whole


@any_quote
def test_the_lines_add_up_to_what_is_payable(buyers, holder, tier):
    found = priced(*buyers, holder=holder, tier=tier)
    assert sum(line.amount_fen for line in found.lines) == found.payable_fen
    assert found.premium_fen - found.subsidy_fen == found.payable_fen


@any_quote
def test_the_premium_is_never_below_the_minimum_and_the_subsidy_never_above_it(buyers, holder, tier):
    found = priced(*buyers, holder=holder, tier=tier)
    assert found.premium_fen >= TIERS[tier].minimum_premium_fen
    assert 0 <= found.subsidy_fen <= found.premium_fen


@any_quote
def test_no_limit_is_exceeded(buyers, holder, tier):
    found = priced(*buyers, holder=holder, tier=tier)
    bounds = TIERS[tier]
    assert sum(found.limits_fen) <= bounds.total_limit_fen
    for limit, buyer in zip(found.limits_fen, buyers, strict=True):
        assert 0 <= limit <= min(buyer.trade.amount_fen, bounds.buyer_limit_fen)


@given(trades, amounts, holders, tiers)
def test_a_larger_trade_never_costs_or_covers_less(buyer, more, holder, tier):
    larger = changed(buyer, trade__amount_fen=buyer.trade.amount_fen + more)
    small, large = priced(buyer, holder=holder, tier=tier), priced(larger, holder=holder, tier=tier)
    assert small.premium_fen <= large.premium_fen
    assert small.insured_fen <= large.insured_fen
    assert small.payable_fen <= large.payable_fen


@any_quote
def test_there_is_no_float_anywhere(buyers, holder, tier):
    body = msgspec.json.encode(priced(*buyers, holder=holder, tier=tier))
    assert b"." not in body
