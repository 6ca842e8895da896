from datetime import date, timedelta
from itertools import chain

import pytest

from domain.application import Consent, Eligibility
from domain.check import buyer, whole
from domain.complete import complete
from domain.consent import answer
from domain.problems import business, consent, cover, policyholder, record, trade
from domain.problems import buyer as buyer_messages
from domain.words import (
    ApplicantKind,
    AreaTag,
    ConsentKind,
    IdKind,
    Language,
    OtherInsurance,
    PolicyTag,
    Purpose,
    Standing,
    TradeMode,
)
from tests.sample import APPLICATION, BUYER, HOLDER, OTHER_CODE, POINT, PRODUCT, RESIDENT_ID, TODAY, changed

TOMORROW = TODAY + timedelta(days=1)
OTHER_BUYER = changed(BUYER, name="日喀则示例商行", credit_code=OTHER_CODE, trade__invoice_number="FP-2")
INSURER, CREDIT_QUERY, BANK = APPLICATION.consents
COMPLETE = complete(APPLICATION, PRODUCT, POINT, "0" * 36, "JL-26-4F7K-9QTM-3", "示例经办", TODAY)

CASES = [
    ("form_version", "form_version_other", {"form_version": 2}),
    ("applied_on", "date_future", {"applied_on": TOMORROW}),
    ("policyholder/name", "spelling", {"policyholder__name": " 吉隆示例"}),
    ("policyholder/name", "required", {"policyholder__name": ""}),
    ("policyholder/name", "text_invisible", {"policyholder__name": "吉隆\u202e示例"}),
    ("policyholder/name", "text_too_long", {"policyholder__name": "长" * 61}),
    ("policyholder/name_bo", "tibetan_only", {"policyholder__name_bo": "示例"}),
    ("policyholder/contact", "required", {"policyholder__contact": ""}),
    ("policyholder/legal_representative", "required", {"policyholder__legal_representative": ""}),
    ("policyholder/legal_representative", "spelling", {"policyholder__legal_representative": "示例・次仁"}),
    ("policyholder/id_kind", "id_kind_of_organisation", {"policyholder__id_kind": IdKind.RESIDENT_ID}),
    ("policyholder/id_kind", "id_kind_of_person", {"policyholder__kind": ApplicantKind.NATURAL_PERSON}),
    ("policyholder/id_number", "credit_code_check", {"policyholder__id_number": HOLDER.id_number[:-1] + "0"}),
    ("policyholder/id_number", "spelling", {"policyholder__id_number": HOLDER.id_number.lower()}),
    ("policyholder/id_number", "old_licence_length", {"policyholder__id_kind": IdKind.OLD_LICENCE,
                                                       "policyholder__id_number": "5402340000000011"}),
    ("policyholder/id_number", "resident_id_check", {"policyholder__kind": ApplicantKind.NATURAL_PERSON,
                                                      "policyholder__id_kind": IdKind.RESIDENT_ID,
                                                      "policyholder__id_number": RESIDENT_ID[:-1] + "1"}),
    ("policyholder/established_on", "date_future", {"policyholder__established_on": TOMORROW}),
    ("policyholder/address", "required", {"policyholder__address": ""}),
    ("policyholder/main_business", "required", {"policyholder__main_business": " "}),
    ("policyholder/county", "county_unknown", {"policyholder__county": "110101"}),
    ("policyholder/county", "county_former", {"policyholder__county": "542335"}),
    ("policyholder/mobile", "mobile_length", {"policyholder__mobile": "1990000001"}),
    ("policyholder/area_tags/1", "listed_twice", {"policyholder__area_tags": (AreaTag.BONDED_ZONE,) * 2}),
    ("policyholder/policy_tags/1", "listed_twice", {"policyholder__policy_tags": (PolicyTag.RENEWAL,) * 2}),
    ("policyholder/affiliates", "text_invisible", {"policyholder__affiliates": "示例\u200b"}),
    ("buyers", "buyers_none", {"buyers": ()}),
    ("buyers/0/name", "required", {"buyers__0__name": ""}),
    ("buyers/0/name", "buyer_is_policyholder", {"buyers__0__name": "吉隆 示例边贸有限公司"}),
    ("buyers/0/credit_code", "buyer_is_policyholder", {"buyers__0__credit_code": HOLDER.id_number}),
    ("buyers/0/credit_code", "credit_code_length", {"buyers__0__credit_code": "540200000001234"}),
    ("buyers/1/credit_code", "buyer_twice", {"buyers": (BUYER, changed(OTHER_BUYER, credit_code=BUYER.credit_code))}),
    ("buyers/1/trade/invoice_number", "invoice_twice",
     {"buyers": (BUYER, changed(OTHER_BUYER, trade__invoice_number="FP-1"))}),
    ("buyers/0/first_trade_year", "year_future", {"buyers__0__first_trade_year": 2027}),
    ("buyers/0/credit_grade/grade", "credit_grade_unknown", {"buyers__0__credit_grade__grade": "AAA"}),
    ("buyers/0/credit_grade/source", "credit_grade_source", {"buyers__0__credit_grade__source": ""}),
    ("buyers/0/credit_grade/as_of", "credit_grade_as_of", {"buyers__0__credit_grade__as_of": None}),
    ("buyers/0/credit_grade/as_of", "date_future", {"buyers__0__credit_grade__as_of": TOMORROW}),
    ("buyers/0/arrears/amount_fen", "arrears_amount", {"buyers__0__arrears__owed": True,
                                                        "buyers__0__arrears__longest_days": 3}),
    ("buyers/0/arrears/longest_days", "arrears_days", {"buyers__0__arrears__owed": True,
                                                        "buyers__0__arrears__amount_fen": 3}),
    ("buyers/0/arrears/owed", "arrears_unsaid", {"buyers__0__arrears__amount_fen": 3}),
    ("buyers/0/arrears/owed", "arrears_unsaid", {"buyers__0__arrears__longest_days": 3}),
    ("buyers/0/trade/goods", "required", {"buyers__0__trade__goods": ""}),
    ("buyers/0/trade/contract_number", "required", {"buyers__0__trade__contract_number": ""}),
    ("buyers/0/trade/contract_date", "date_future", {"buyers__0__trade__contract_date": TOMORROW}),
    ("buyers/0/trade/invoice_number", "invoice_number_missing", {"buyers__0__trade__invoice_number": ""}),
    ("buyers/0/trade/invoice_date", "invoice_date_missing", {"buyers__0__trade__invoice_date": None}),
    ("buyers/0/trade/invoice_number", "invoice_after_delivery", {"buyers__0__trade__invoice_number": "",
                                                                  "buyers__0__trade__invoice_date": None}),
    ("buyers/0/trade/invoice_date", "date_future", {"buyers__0__trade__invoice_date": TOMORROW}),
    ("buyers/0/trade/invoice_date", "invoice_too_old",
     {"buyers__0__trade__invoice_date": TODAY - timedelta(days=31)}),
    ("buyers/0/trade/delivery_date", "delivery_after_cover",
     {"buyers__0__trade__delivery_date": TODAY + timedelta(days=366),
      "buyers__0__trade__due_date": TODAY + timedelta(days=366 + 60)}),
    ("buyers/0/trade/amount_fen", "amount_none", {"buyers__0__trade__amount_fen": 0}),
    ("buyers/0/trade/credit_days", "days_range", {"buyers__0__trade__credit_days": 181,
                                                   "buyers__0__trade__due_date": date(2027, 5, 10)}),
    ("buyers/0/trade/due_date", "due_date_differs", {"buyers__0__trade__due_date": date(2027, 1, 10)}),
    ("buyers/0/trade/due_date", "trade_overdue", {"buyers__0__trade__credit_days": 9,
                                                   "buyers__0__trade__due_date": date(2026, 11, 19)}),
    ("business/longest_credit_days", "credit_days_order", {"business__longest_credit_days": 44}),
    ("business/unpaid_losses_fen", "losses_amount", {"business__unpaid_losses": True,
                                                      "business__unpaid_reason": "买方停业"}),
    ("business/unpaid_reason", "required", {"business__unpaid_losses": True, "business__unpaid_losses_fen": 1}),
    ("business/unpaid_losses", "losses_unsaid", {"business__unpaid_losses_fen": 1}),
    ("business/other_insurer", "required", {"business__other_insurance": OtherInsurance.PAST}),
    ("business/purposes", "purpose_none", {"business__purposes": ()}),
    ("business/purposes/1", "listed_twice", {"business__purposes": (Purpose.FINANCING,) * 2}),
    ("cover/product", "product_other", {"cover__product": "another"}),
    ("cover/version", "product_version", {"cover__version": 2}),
    ("cover/tier", "tier_unknown", {"cover__tier": "gold"}),
    ("declarations/truthful", "declaration_required", {"declarations__truthful": False}),
    ("declarations/terms_received", "declaration_required", {"declarations__terms_received": False}),
    ("declarations/exclusions_explained", "declaration_required", {"declarations__exclusions_explained": False}),
    ("declarations/read_back", "read_back_required", {"declarations__filled_by_clerk": True}),
    ("consents", "consent_missing", {"consents": (INSURER, CREDIT_QUERY)}),
    ("consents/3", "listed_twice", {"consents": (*APPLICATION.consents, BANK)}),
    ("consents/0/text_version", "consent_version", {"consents__0__text_version": "2025-1"}),
    ("consents/0/text_sha256", "consent_text", {"consents__0__language": Language.CHINESE}),
    ("consents/0/given", "consent_required", {"consents__0__given": False}),
    ("documents/2", "document_unknown", {"documents": (*APPLICATION.documents, "passport")}),
    ("documents/2", "listed_twice", {"documents": (*APPLICATION.documents, APPLICATION.documents[0])}),
    ("duplicate_reason", "spelling", {"duplicate_reason": "两次 \n 开票"}),
    ("eligibility", "eligibility_refer", {"buyers__0__registered_in_mainland": False}),
    ("eligibility", "eligibility_refer", {"business__trade_mode": TradeMode.EXPORT}),
    ("eligibility", "eligibility_differs", {"eligibility": Eligibility(standing=Standing.CONFIRM)}),
    ("quote", "quote_differs", {"quote": changed(COMPLETE.quote, payable_fen=1)}),
]  # fmt: skip
ELSEWHERE = {"buyers_too_many", "consent_unknown", "product_not_yet", "product_expired", "credit_days_no_rate",
             "product_missing", "form_version_newer", "record_too_large"}  # fmt: skip


def found(application, product=PRODUCT, today=TODAY):
    return [(problem.path, problem.code) for problem in whole.check(application, product, today)]


@pytest.mark.parametrize(("path", "code", "changes"), CASES, ids=[f"{path} {code}" for path, code, _ in CASES])
def test_it_refuses_one_wrong_thing_at_its_place(path, code, changes):
    assert found(changed(APPLICATION, **changes)) == [(path, code)]


def test_every_code_of_the_sections_is_refused_somewhere_here():
    nouns = (record, policyholder, buyer_messages, trade, business, cover, consent)
    codes = set(chain.from_iterable(noun.MESSAGES for noun in nouns))
    assert codes - {code for _, code, _ in CASES} == ELSEWHERE & codes


def test_it_takes_a_right_application_before_and_after_the_point_completed_it():
    assert found(APPLICATION) == []
    assert found(COMPLETE) == []


@pytest.mark.parametrize("changes", [
    {"policyholder__name_bo": ""},
    {"policyholder__established_on": None},
    {"buyers__0__trade__due_date": TODAY, "buyers__0__trade__credit_days": 10},
    {"buyers__0__trade__invoice_date": TODAY - timedelta(days=30)},
    {"buyers__0__credit_grade": type(BUYER.credit_grade)()},
    {"buyers__0__related": False, "buyers__0__relation": ""},
    {"consents__2__given": False, "consents__1__given": False},
    {"declarations__filled_by_clerk": True, "declarations__read_back": True},
    {"business__other_insurance": OtherInsurance.CURRENT, "business__other_insurer": "示例保险公司"},
    {"buyers__0__arrears": type(BUYER.arrears)(owed=True, amount_fen=1, longest_days=1)},
])  # fmt: skip
def test_it_takes_what_is_right_at_the_edge(changes):
    assert found(changed(APPLICATION, **changes)) == []


def test_delivery_still_to_come_needs_no_invoice_yet():
    later = {"delivery_date": TODAY + timedelta(days=365), "due_date": TODAY + timedelta(days=425)}
    trade = changed(BUYER.trade, invoice_number="", invoice_date=None, **later)
    assert found(changed(APPLICATION, buyers__0__trade=trade)) == []


def test_a_related_buyer_is_explained_and_referred():
    problems = found(changed(APPLICATION, buyers__0__related=True))
    assert problems == [("buyers/0/relation", "required"), ("eligibility", "eligibility_refer")]


def test_a_natural_person_needs_no_legal_representative():
    person = {"kind": ApplicantKind.NATURAL_PERSON, "id_kind": IdKind.RESIDENT_ID, "id_number": RESIDENT_ID}
    assert found(changed(APPLICATION, policyholder=changed(HOLDER, **person, legal_representative=""))) == []


def test_an_old_licence_is_taken():
    old = changed(HOLDER, id_kind=IdKind.OLD_LICENCE, id_number="540234000000001")
    assert found(changed(APPLICATION, policyholder=old)) == []


def test_it_refuses_more_buyers_than_the_product_takes():
    one = changed(PRODUCT, max_buyers=1)
    assert found(changed(APPLICATION, buyers=(BUYER, OTHER_BUYER)), one) == [("buyers", "buyers_too_many")]


def test_it_refuses_a_consent_that_the_product_does_not_ask_for():
    asks_less = changed(PRODUCT, consents=PRODUCT.consents[:2])
    assert found(APPLICATION, asks_less) == [("consents/2/kind", "consent_unknown")]


def test_a_consent_holds_in_the_language_it_was_read_in():
    chinese = tuple(answer(wording, True, Language.CHINESE) for wording in PRODUCT.consents)
    assert found(changed(APPLICATION, consents=chinese)) == []


def test_a_consent_to_other_words_is_no_consent():
    reworded = changed(PRODUCT, consents__0__text__bo="གཞན།")
    assert found(APPLICATION, reworded) == [("consents/0/text_sha256", "consent_text")]


def test_it_refuses_a_product_that_is_no_longer_in_force():
    assert found(APPLICATION, changed(PRODUCT, valid_to=date(2026, 11, 19))) == [("cover/product", "product_expired")]


def test_it_refuses_a_product_that_is_not_yet_in_force():
    assert found(APPLICATION, changed(PRODUCT, valid_from=TOMORROW)) == [("cover/product", "product_not_yet")]


def test_it_says_where_the_rates_end():
    short = changed(PRODUCT, rates__bands=(30, 45, 50, 55, 59))
    assert found(APPLICATION, short) == [("quote", "credit_days_no_rate")]


def test_it_reports_everything_at_once():
    wrong = changed(APPLICATION, policyholder__mobile="1", buyers__0__trade__amount_fen=0, cover__tier="gold")
    assert len(found(wrong)) == 3


def test_each_buyer_is_checked_alone_and_against_those_before():
    assert buyer.check(OTHER_BUYER, HOLDER, PRODUCT, TODAY, (BUYER,)) == []
    assert [problem.code for problem in buyer.check(BUYER, HOLDER, PRODUCT, TODAY, (BUYER,))] == [
        "buyer_twice",
        "invoice_twice",
    ]


def test_two_trades_before_delivery_share_no_invoice():
    before = {"trade__invoice_number": "", "trade__invoice_date": None, "trade__delivery_date": TODAY,
              "trade__due_date": TODAY + timedelta(days=60)}  # fmt: skip
    buyers = (changed(BUYER, **before), changed(OTHER_BUYER, **before))
    assert found(changed(APPLICATION, buyers=buyers)) == []


def test_an_unknown_kind_of_consent_never_passes_for_another():
    odd = Consent(kind=ConsentKind.BANK, given=True, text_version="2026-1", text_sha256=INSURER.text_sha256,
                  language=Language.TIBETAN)  # fmt: skip
    assert found(changed(APPLICATION, consents__2=odd)) == [("consents/2/text_sha256", "consent_text")]
