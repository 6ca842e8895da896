import pytest

from domain.eligibility import Assessment, Facts, assess, facts_of
from domain.words import ApplicantKind, OtherInsurance, Standing, TradeMode
from tests.sample import APPLICATION, BUYER, PRODUCT, changed

PLAIN = Facts(buyer_in_mainland=True, kind=ApplicantKind.ENTERPRISE, trade_mode=TradeMode.WHOLESALE)


def judged(**facts):
    found = assess(PRODUCT, changed(PLAIN, **facts))
    return found.standing, [rule.id for rule in found.rules]


@pytest.mark.parametrize(("facts", "standing", "rules"), [
    ({}, Standing.INSURABLE, ["domestic-sale"]),
    ({"kind": ApplicantKind.INDIVIDUAL_BUSINESS}, Standing.INSURABLE, ["domestic-sale"]),
    ({"kind": ApplicantKind.COOPERATIVE, "trade_mode": TradeMode.SERVICE}, Standing.INSURABLE, ["domestic-sale"]),
    ({"kind": ApplicantKind.NATURAL_PERSON}, Standing.CONFIRM, ["natural-person"]),
    ({"kind": ApplicantKind.VILLAGE_COLLECTIVE}, Standing.CONFIRM, ["village-collective"]),
    ({"buyer_in_arrears": True}, Standing.CONFIRM, ["buyer-in-arrears"]),
    ({"declined_before": True}, Standing.CONFIRM, ["declined-before"]),
    ({"other_insurance_now": True}, Standing.CONFIRM, ["other-insurance-now"]),
    ({"buyer_in_mainland": False}, Standing.REFER, ["buyer-abroad"]),
    ({"buyer_related": True}, Standing.REFER, ["buyer-related"]),
    ({"trade_mode": TradeMode.BORDER_SMALL_TRADE}, Standing.REFER, ["border-small-trade"]),
    ({"trade_mode": TradeMode.BORDER_MARKET}, Standing.REFER, ["border-market"]),
    ({"trade_mode": TradeMode.EXPORT}, Standing.REFER, ["export"]),
])  # fmt: skip
def test_the_sample_product_says_whom_it_suits(facts, standing, rules):
    assert judged(**facts) == (standing, rules)


def test_the_strictest_rule_that_holds_decides():
    everything = {"kind": ApplicantKind.NATURAL_PERSON, "buyer_in_arrears": True, "buyer_in_mainland": False}
    assert judged(**everything) == (Standing.REFER, ["buyer-abroad"])


def test_all_rules_of_that_strictness_are_named():
    assert judged(declined_before=True, buyer_in_arrears=True) == (
        Standing.CONFIRM,
        ["buyer-in-arrears", "declined-before"],
    )


@pytest.mark.parametrize("kind", ApplicantKind)
@pytest.mark.parametrize("mode", TradeMode)
def test_nobody_is_left_without_an_answer(kind, mode):
    assert judged(kind=kind, trade_mode=mode)[1]


def test_without_a_rule_the_insurer_confirms():
    assert assess(changed(PRODUCT, eligibility=()), PLAIN) == Assessment(Standing.CONFIRM)


def test_every_referral_says_where_to_go():
    assert all(rule.refer_to for rule in PRODUCT.eligibility if rule.standing is Standing.REFER)


def test_what_is_not_known_yet_holds_no_rule():
    assert judged(buyer_related=None, buyer_in_arrears=None)[0] is Standing.INSURABLE


@pytest.mark.parametrize(("field", "value", "changes"), [
    ("buyer_in_mainland", False, {"buyers__1__registered_in_mainland": False}),
    ("buyer_related", True, {"buyers__1__related": True}),
    ("buyer_in_arrears", True, {"buyers__1__arrears__owed": True}),
    ("declined_before", True, {"business__declined_before": True}),
    ("other_insurance_now", True, {"business__other_insurance": OtherInsurance.CURRENT}),
    ("other_insurance_now", False, {"business__other_insurance": OtherInsurance.PAST}),
    ("trade_mode", TradeMode.RETAIL, {"business__trade_mode": TradeMode.RETAIL}),
    ("kind", ApplicantKind.COOPERATIVE, {"policyholder__kind": ApplicantKind.COOPERATIVE}),
])  # fmt: skip
def test_one_buyer_is_enough_for_a_fact(field, value, changes):
    two = changed(APPLICATION, buyers=(BUYER, BUYER))
    assert getattr(facts_of(changed(two, **changes)), field) is value
