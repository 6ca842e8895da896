"""The other papers: receipt, consent sheet, certificate, and the insurer's reasons or its one list."""

import pytest
import zxingcpp

from domain.characters import HAN, TIBETAN
from domain.identity import mask_id, mask_mobile
from domain.words import IdKind
from i18n import text
from printing import certificate, consents, decision, receipt
from printing.paper import Mark, render
from tests.papers import (
    DECLINED,
    MARK,
    PLAIN,
    REFERENCE,
    SUPPLEMENT,
    accepted,
    html,
    longest,
    pages,
    shown,
    with_buyers,
)
from tests.sample import PRODUCT, RESIDENT_ID, changed

ORDERS = ("zh_first", "bo_first")
PAPERS = {
    "receipt": receipt.paper(PLAIN, PRODUCT, MARK),
    "consents": consents.paper(PLAIN, PRODUCT, MARK),
    "certificate": certificate.paper(PLAIN, PRODUCT, MARK, accepted()),
    "declined": decision.paper(PLAIN, PRODUCT, MARK, DECLINED),
    "supplement": decision.paper(PLAIN, PRODUCT, MARK, SUPPLEMENT),
}
PERSON = changed(PLAIN, policyholder__id_kind=IdKind.RESIDENT_ID, policyholder__id_number=RESIDENT_ID)


def read(paper, order="zh_first"):
    return shown(html(paper, order))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", PAPERS)
def test_it_is_one_page_in_both_scripts(name, order):
    paper = PAPERS[name]
    assert len(pages(render(paper, order), dpi=20)) == 1
    assert TIBETAN.search(text("bo", paper.title))
    assert not HAN.search(text("bo", paper.title))
    assert paper.title in read(paper, order)
    assert text("bo", paper.title) in read(paper, order)
    assert REFERENCE in read(paper, order)
    assert PRODUCT.prevailing.zh in read(paper, order)
    assert 'class="stamp"' in html(paper, order)


@pytest.mark.parametrize("name", PAPERS)
def test_it_gives_the_same_bytes(name):
    assert render(PAPERS[name]) == render(PAPERS[name])


def test_a_receipt_is_two_slips_that_hide_numbers():
    page = read(receipt.paper(PERSON, PRODUCT, MARK))
    assert page.count(mask_id(RESIDENT_ID)) == 2
    assert page.count(mask_mobile(PERSON.policyholder.mobile)) == 2
    assert RESIDENT_ID not in page
    assert PERSON.policyholder.mobile not in page


def test_a_receipt_with_the_longest_entries_keeps_its_slips_whole():
    assert len(pages(render(receipt.paper(longest(5), PRODUCT, MARK)), dpi=20)) <= 2


@pytest.mark.parametrize("licensed", [True, False])
def test_a_receipt_of_a_point_without_licence_promises_no_cover(licensed):
    page = read(receipt.paper(changed(PLAIN, point__licensed=licensed), PRODUCT, MARK))
    assert page.count("本回执不代表承保") == (0 if licensed else 2)


def test_the_consent_sheet_has_every_wording_in_both_languages():
    page = read(PAPERS["consents"])
    for consent in PRODUCT.consents:
        assert " ".join(consent.text.zh.split()) in page
        assert " ".join(consent.text.bo.split()) in page


def test_the_consent_sheet_refuses_wording_that_the_product_does_not_hold():
    with pytest.raises(KeyError):
        consents.paper(changed(PLAIN, consents__0__text_version="1999-1"), PRODUCT, MARK)


def test_a_certificate_states_what_was_granted():
    page = read(PAPERS["certificate"])
    for said in ("SAMPLE-2026-000123", "2026年11月25日", "2027年11月24日", "¥32,000.00 人民币叁万贰仟元整"):
        assert said in page


def test_a_certificate_lists_each_buyer_with_its_limit():
    record = with_buyers(5)
    page = read(certificate.paper(record, PRODUCT, MARK, accepted(record)))
    assert page.count(record.buyers[0].credit_code) == 5
    assert page.count("¥40,000.00") >= 5


def test_a_certificate_hides_a_person_but_not_a_firm():
    assert PLAIN.policyholder.id_number in read(PAPERS["certificate"])
    page = read(certificate.paper(PERSON, PRODUCT, MARK, accepted()))
    assert RESIDENT_ID not in page
    assert mask_id(RESIDENT_ID) in page


def test_there_is_no_certificate_without_cover():
    with pytest.raises(ValueError):
        certificate.paper(PLAIN, PRODUCT, MARK, DECLINED)


def test_a_refusal_gives_all_its_reasons_in_both_languages():
    page = read(PAPERS["declined"])
    for reason in DECLINED.reasons:
        assert reason.zh in page
        assert reason.bo in page
    assert DECLINED.note in page


def test_what_is_missing_is_listed_once_and_completely():
    page = read(PAPERS["supplement"])
    for name in (document.name for document in PRODUCT.documents if document.id in SUPPLEMENT.missing):
        assert page.count(name.zh) == 1
        assert page.count(name.bo) == 1


ASKING = Mark(1, MARK.digest, "7K3M-9QTM-4F7K-W2XY", f"https://jl.example.cn/apply/status#{REFERENCE}.7K3M9QTM4F7KW2XY")


@pytest.mark.parametrize("order", ORDERS)
def test_the_applicants_slip_alone_says_how_to_ask_where_it_stands(order):
    paper = receipt.paper(PLAIN, PRODUCT, ASKING)
    [page] = pages(render(paper, order), dpi=200)
    assert read(paper, order).count(ASKING.code) == 1
    assert [code.text for code in zxingcpp.read_barcodes(page)].count(ASKING.address) == 1


def test_a_point_that_phones_cannot_reach_prints_the_code_without_a_link():
    paper = receipt.paper(PLAIN, PRODUCT, Mark(1, MARK.digest, ASKING.code))
    assert read(paper).count(ASKING.code) == 1
    assert "asking" not in html(paper)
