from collections import Counter
from datetime import date

import msgspec
import pytest

from demo import numbers
from demo.applications import applications
from demo.buyers import COUNT
from demo.example import FIRST_DAY, example_lines
from demo.traders import traders
from domain import identity, region
from domain.application import Application
from domain.check import policyholder, whole
from domain.complete import complete
from domain.eligibility import assess, facts_of
from domain.text import tibetan_name
from domain.underwriting import decide_alone
from domain.words import ApplicantKind, IdKind, Industry, Standing
from tests.sample import POINT, PRODUCT, TODAY

MANY = tuple(applications(PRODUCT, TODAY, 300))


def test_there_are_enough_traders_and_buyers():
    assert len(traders()) >= 40
    assert COUNT >= 60


def test_they_cover_every_border_county_and_every_prefecture():
    counties = {holder.county for holder in traders()}
    assert {county.code for county in region.COUNTIES if county.is_border} <= counties
    assert {region.county(code).prefecture for code in counties} == set(region.PREFECTURES)


def test_they_are_of_every_kind_industry_and_paper():
    assert {holder.kind for holder in traders()} == set(ApplicantKind)
    assert {holder.industry for holder in traders()} == set(Industry)
    assert {holder.id_kind for holder in traders()} == set(IdKind)


@pytest.mark.parametrize("holder", traders(), ids=lambda holder: holder.mobile)
def test_each_trader_is_right_and_openly_synthetic(holder):
    assert policyholder.check(holder, TODAY) == []
    assert "示例" in holder.name
    assert "དཔེ་མཚོན" in tibetan_name(holder.name_bo)
    assert "示例" in holder.contact
    assert holder.mobile.startswith("1990000")


def test_no_two_traders_or_buyers_share_a_number():
    buyers = {buyer.credit_code: buyer.name for application in MANY for buyer in application.buyers}
    papers = [holder.id_number for holder in traders()] + list(buyers)
    assert max(Counter(papers).values()) == 1
    assert max(Counter(holder.mobile for holder in traders()).values()) == 1
    assert len(set(buyers.values())) == len(buyers) == COUNT


@pytest.mark.parametrize("serial", [0, 1, 10, 999_999])
def test_made_up_numbers_pass_their_checks(serial):
    code = numbers.credit_code("N2", "540529", serial)
    assert identity.credit_code(code) == code
    assert identity.old_licence(numbers.old_licence("540529", serial))


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2026, 2, 28), date(2027, 12, 31)])
def test_every_application_holds_on_its_day(today):
    for application in applications(PRODUCT, today, 120, seed=3):
        assert whole.check(application, PRODUCT, today) == []


def test_every_application_can_be_completed():
    for application in MANY:
        done = complete(application, PRODUCT, POINT, "0" * 36, "JL-26-4F7K-9QTM-3", "示例经办", TODAY)
        assert whole.check(done, PRODUCT, TODAY) == []


def test_the_same_seed_gives_the_same_ones_and_another_seed_others():
    assert tuple(applications(PRODUCT, TODAY, 300)) == MANY
    assert set(invoices(applications(PRODUCT, TODAY, 300, seed=2))).isdisjoint(invoices(MANY))


def test_no_invoice_or_contract_occurs_twice():
    assert max(Counter(invoices(MANY)).values()) == 1
    contracts = [buyer.trade.contract_number for application in MANY for buyer in application.buyers]
    assert max(Counter(contracts).values()) == 1


def test_some_are_for_the_rules_alone_and_some_for_a_person():
    alone = [
        decide_alone(complete(application, PRODUCT, POINT, "0" * 36, "x", "", TODAY), PRODUCT, TODAY)
        for application in MANY
    ]
    assert 30 < sum(alone) < 270


@pytest.mark.parametrize("today", [FIRST_DAY, date(2027, 3, 1), date(2027, 11, 1), date(2027, 11, 20)])
def test_the_example_lines_hold_for_a_year(today):
    records = [msgspec.convert(line, Application) for line in example_lines(PRODUCT)]
    assert len(records) == 10
    assert {record.policyholder.kind for record in records} == set(ApplicantKind)
    for record in records:
        assert whole.check(record, PRODUCT, today) == []
        assert assess(PRODUCT, facts_of(record)).standing is not Standing.REFER


def invoices(found):
    return [buyer.trade.invoice_number for one in found for buyer in one.buyers if buyer.trade.invoice_number]
