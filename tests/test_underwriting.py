from datetime import date, timedelta

import pytest

from domain.application import Arrears, CreditGrade, Eligibility
from domain.complete import complete
from domain.consent import answer, text_digest
from domain.decision import CoverGranted
from domain.document import required_documents
from domain.quote import quote
from domain.underwriting import decide_alone, grant
from domain.words import ApplicantKind, IdKind, Language, Standing
from tests.sample import APPLICATION, BUYER, OTHER_CODE, POINT, PRODUCT, RESIDENT_ID, TODAY, changed

REFERENCE = "JL-26-4F7K-9QTM-3"
COMPLETE = complete(APPLICATION, PRODUCT, POINT, "0" * 36, REFERENCE, "示例经办", TODAY)


def test_the_point_adds_its_stamp_its_numbers_and_what_follows_from_the_product():
    assert (COMPLETE.point, COMPLETE.record_id, COMPLETE.reference) == (POINT, "0" * 36, REFERENCE)
    assert (COMPLETE.clerk, COMPLETE.applied_on) == ("示例经办", TODAY)
    assert COMPLETE.eligibility == Eligibility(standing=Standing.INSURABLE, rules=("domestic-sale",))
    assert COMPLETE.quote == quote(PRODUCT, APPLICATION.policyholder, APPLICATION.buyers, APPLICATION.cover, TODAY)
    assert COMPLETE.policyholder == APPLICATION.policyholder


def test_the_rules_accept_alone_what_is_plain():
    assert decide_alone(COMPLETE, PRODUCT, TODAY)


@pytest.mark.parametrize("changes", [
    {"buyers__0__credit_grade": CreditGrade()},
    {"buyers__0__credit_grade__grade": "poor"},
    {"buyers__0__arrears": Arrears(owed=True, amount_fen=1, longest_days=1)},
    {"buyers__0__trade__credit_days": 121, "buyers__0__trade__due_date": date(2026, 11, 10) + timedelta(days=121)},
    {"business__declined_before": True},
    {"business__unpaid_losses": True, "business__unpaid_losses_fen": 1, "business__unpaid_reason": "示例"},
    {"duplicate_reason": "分两次开票"},
    {"documents": ("business-licence",)},
    {"policyholder__kind": ApplicantKind.VILLAGE_COLLECTIVE},
    {"policyholder__kind": ApplicantKind.NATURAL_PERSON, "policyholder__id_kind": IdKind.RESIDENT_ID,
     "policyholder__id_number": RESIDENT_ID},
])  # fmt: skip
def test_a_person_looks_at_everything_else(changes):
    application = complete(changed(APPLICATION, **changes), PRODUCT, POINT, "0" * 36, REFERENCE, "", TODAY)
    assert not decide_alone(application, PRODUCT, TODAY)


def test_a_person_looks_at_many_buyers():
    other = changed(BUYER, name="日喀则示例商行", credit_code=OTHER_CODE, trade__invoice_number="FP-2")
    two = complete(changed(APPLICATION, buyers=(BUYER, other)), PRODUCT, POINT, "0" * 36, REFERENCE, "", TODAY)
    assert decide_alone(two, changed(PRODUCT, automatic__max_buyers=2), TODAY)
    assert not decide_alone(two, changed(PRODUCT, automatic__max_buyers=1), TODAY)


def test_a_person_looks_at_large_sums():
    assert not decide_alone(COMPLETE, changed(PRODUCT, automatic__max_insured_fen=3_199_999), TODAY)
    assert decide_alone(COMPLETE, changed(PRODUCT, automatic__max_insured_fen=3_200_000), TODAY)


def test_a_person_looks_at_a_trade_that_fell_due_on_the_way():
    due = BUYER.trade.due_date
    young = changed(PRODUCT, max_invoice_age_days=90)
    assert decide_alone(COMPLETE, young, due)
    assert not decide_alone(COMPLETE, young, due + timedelta(days=1))


def test_a_person_looks_at_a_price_that_does_not_follow_from_the_product():
    assert not decide_alone(changed(COMPLETE, quote__payable_fen=1), PRODUCT, TODAY)


def test_cover_is_granted_at_the_price_that_was_quoted():
    dearer = changed(PRODUCT, tiers__1__minimum_premium_fen=1_000_000)
    assert grant(COMPLETE, dearer, "SL-1", TODAY) == CoverGranted(
        policy_number="SL-1",
        starts_on=TODAY,
        ends_on=date(2027, 11, 19),
        insured_fen=3_200_000,
        premium_fen=80_000,
        subsidy_fen=24_000,
        payable_fen=56_000,
        limits_fen=(4_000_000,),
    )


def test_cover_without_a_quote_is_priced_when_granted():
    assert grant(APPLICATION, PRODUCT, "SL-1", TODAY).payable_fen == 56_000


def test_a_consent_is_bound_to_the_words_of_its_language():
    wording = PRODUCT.consents[0]
    chinese, tibetan = answer(wording, True, Language.CHINESE), answer(wording, False, Language.TIBETAN)
    assert (chinese.given, tibetan.given) == (True, False)
    assert chinese.text_sha256 == text_digest(wording, Language.CHINESE) != tibetan.text_sha256


@pytest.mark.parametrize(("kind", "papers"), [
    (ApplicantKind.ENTERPRISE, ("business-licence", "trade-contract")),
    (ApplicantKind.VILLAGE_COLLECTIVE, ("business-licence", "trade-contract", "village-resolution")),
    (ApplicantKind.NATURAL_PERSON, ("identity-card", "trade-contract")),
])  # fmt: skip
def test_each_kind_of_applicant_brings_its_own_papers(kind, papers):
    assert required_documents(PRODUCT, kind) == papers
