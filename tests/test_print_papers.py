"""What every paper of the family says, and what each of them must say besides."""

import re

import pytest
import zxingcpp
from msgspec import structs

from domain.characters import HAN, TIBETAN
from domain.identity import mask_id, mask_mobile
from domain.words import IdKind
from i18n import text
from printing import certificate, consents, decision, handover, key_terms, receipt
from printing.paper import Mark, sheet
from printing.press.composing import GETA, Stick
from printing.render import render
from tests.papers import (
    ASKING,
    DAY,
    DECLINED,
    MARK,
    PLAIN,
    POINT,
    REFERENCE,
    SUPPLEMENT,
    accepted,
    family,
    html,
    longest,
    pages,
    shown,
    ticks,
    with_buyers,
)
from tests.read_aloud import read_aloud
from tests.sample import PRODUCT, RESIDENT_ID, changed

ORDERS = ("zh_first", "bo_first", "zh", "bo")
FAMILY = family()
PAGES = dict.fromkeys(("application", "application-3", "application-5", "key-terms", "claim"), 2) | {
    "consents": 3,
    "blank": 4,
}
PERSON = changed(PLAIN, policyholder__id_kind=IdKind.RESIDENT_ID, policyholder__id_number=RESIDENT_ID)
NO_COVER = "服务点不是保险公司，提交申请不代表承保。"
NO_LICENCE = "本服务点没有保险代理许可证，只代收资料；本回执不代表承保"
GRANTING = "保险责任以保险公司签发的保险单和条款为准。"


def read(paper, order="zh_first"):
    return shown(html(paper, order))


def without(*names):
    return [name for name in FAMILY if name not in names]


def without_alt(page):
    return re.sub(r'alt="[^"]*"', "", page)


def languages(order):
    return ("zh", "bo") if order.endswith("first") else (order,)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", FAMILY)
def test_it_is_as_many_pages_as_it_should_be(name, order):
    assert len(pages(render(FAMILY[name], order), dpi=20)) == PAGES.get(name, 1)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", FAMILY)
def test_its_title_is_a_heading_in_each_language_of_the_copy(name, order):
    page = html(FAMILY[name], order)
    for language in ("zh", "bo"):
        heading = f'<h1 lang="{language}">{text(language, FAMILY[name].title)}</h1>'
        assert (heading in page) is (language in languages(order))
    assert TIBETAN.search(text("bo", FAMILY[name].title))
    assert not HAN.search(text("bo", FAMILY[name].title))


@pytest.mark.parametrize("name", FAMILY)
def test_a_copy_in_one_language_says_nothing_of_its_own_in_the_other(name):
    paper = FAMILY[name]
    chinese, tibetan = (shown(without_alt(sheet(paper, order, paper.looks[0], Stick()))) for order in ("zh", "bo"))
    assert not TIBETAN.search(chinese)
    assert not HAN.search(tibetan.replace(GETA, ""))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", without("poster", "data-sheet", "handover"))
def test_it_says_which_text_prevails(name, order):
    for language in languages(order):
        assert getattr(PRODUCT.prevailing, language) in read(FAMILY[name], order)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", without("data-sheet", "handover"))
def test_it_promises_no_cover(name, order):
    said = GRANTING if name == "certificate" else NO_COVER
    for language in languages(order):
        assert text(language, said) in read(FAMILY[name], order)


@pytest.mark.parametrize("name", without("poster", "handover"))
def test_its_number_is_on_every_sheet_and_the_code_proves_it(name):
    paper = FAMILY[name]
    sheets = pages(render(paper), dpi=200)
    assert f'<span class="put">{paper.reference}</span>' in html(paper) or name == "receipt-roll"
    assert any(paper.values["code"] in (found.text for found in zxingcpp.read_barcodes(page)) for page in sheets)


@pytest.mark.parametrize("name", without("handover"))
def test_a_sample_product_is_called_one(name):
    assert 'class="stamp"' in html(FAMILY[name])


@pytest.mark.parametrize("name", FAMILY)
def test_it_gives_the_same_bytes(name):
    assert render(FAMILY[name]) == render(FAMILY[name])


@pytest.mark.parametrize("size", ["a4", "a5", "roll80"])
def test_a_receipt_hides_numbers(size):
    page = read(receipt.paper(PERSON, PRODUCT, MARK, size))
    copies = 2 if size == "a4" else 1
    assert page.count(mask_id(RESIDENT_ID)) == copies
    assert page.count(mask_mobile(PERSON.policyholder.mobile)) == copies
    assert RESIDENT_ID not in page
    assert PERSON.policyholder.mobile not in page


@pytest.mark.parametrize("size", ["a4", "a5", "roll80"])
def test_a_receipt_with_the_longest_entries_is_one_sheet(size):
    assert len(pages(render(receipt.paper(longest(5), PRODUCT, ASKING, size)), dpi=20)) == 1


@pytest.mark.parametrize("size", ["a4", "a5", "roll80"])
@pytest.mark.parametrize("licensed", [True, False])
def test_a_receipt_of_a_point_without_licence_says_so(licensed, size):
    page = read(receipt.paper(changed(PLAIN, point__licensed=licensed), PRODUCT, MARK, size))
    assert page.count(NO_LICENCE) == (0 if licensed else 2 if size == "a4" else 1)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", ["a4", "a5", "roll80"])
def test_the_applicants_slip_alone_says_how_to_ask_where_it_stands(order, size):
    paper = receipt.paper(PLAIN, PRODUCT, ASKING, size)
    [page] = pages(render(paper, order), dpi=200)
    assert read(paper, order).count(ASKING.code) == 1
    assert [code.text for code in zxingcpp.read_barcodes(page)].count(ASKING.address) == 1


def test_a_point_that_phones_cannot_reach_prints_the_code_without_a_link():
    paper = receipt.paper(PLAIN, PRODUCT, Mark(1, MARK.digest, ASKING.code))
    assert read(paper).count(ASKING.code) == 1
    assert "asking" not in html(paper)


def test_each_consent_has_a_sheet_of_its_own_with_its_wording_a_place_to_sign_and_one_to_withdraw():
    sheets = html(FAMILY["consents"]).split('<div class="sheet">')[1:]
    for page, consent in zip(sheets, PRODUCT.consents, strict=True):
        assert " ".join(consent.text.zh.split()) in shown(page)
        assert " ".join(consent.text.bo.split()) in shown(page)
        assert consent.version in page
        for place in ("投保人签字", "投保人手印", "投保人印章", "撤回同意", "我撤回以上同意，签字"):
            assert place in page
            assert text("bo", place) in page


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_sheet_shows_the_answer_to_its_own_consent(number):
    paper = consents.paper(changed(PLAIN, **{f"consents__{number}__given": False}), PRODUCT, MARK)
    answers = [ticks(page) for page in html(paper).split('<div class="sheet">')[1:]]
    assert answers == [["", "✓"] if at == number else ["✓", ""] for at in range(3)]


def test_the_consent_sheet_refuses_wording_that_the_product_does_not_hold():
    with pytest.raises(KeyError):
        consents.paper(changed(PLAIN, consents__0__text_version="1999-1"), PRODUCT, MARK)


def test_the_key_terms_show_every_exclusion_for_itself_in_a_frame_before_all_else():
    page = html(FAMILY["key-terms"])
    frame = page[page.index('class="exempt"') : page.index("<h2><b>1</b>")]
    for number, exclusion in enumerate(PRODUCT.exclusions, 1):
        row = f'<td class="number">{number}</td><td lang="zh">{exclusion.zh}</td><td lang="bo">{exclusion.bo}</td>'
        assert row in frame


@pytest.mark.parametrize("explained", [True, False])
def test_the_key_terms_have_a_place_to_sign_that_they_were_explained(explained):
    page = html(key_terms.paper(changed(PLAIN, declarations__exclusions_explained=explained), PRODUCT, MARK))
    assert ticks(page) == ["✓" if explained else ""]
    for said in ("工作人员已经逐条向我提示并说明责任免除条款，我已经听懂", "投保人手印", "说明人签字"):
        assert said in page
        assert text("bo", said) in page


def test_the_key_terms_name_every_tier_and_every_time_limit_with_where_it_comes_from():
    page = read(FAMILY["key-terms"])
    for tier in PRODUCT.tiers:
        assert f"{tier.name.zh} {tier.name.bo}" in page
    for clock in PRODUCT.clocks:
        assert f"{clock.name.zh} {clock.name.bo}" in page
        assert f"{clock.source.zh} {clock.source.bo}" in page


def test_a_source_that_the_product_gives_in_chinese_alone_is_said_once():
    older = changed(PRODUCT, clocks__0__origin="示例办法第一条")
    page = html(key_terms.paper(PLAIN, older, MARK))
    assert page.count("示例办法第一条") == 1
    assert f'<span lang="bo">{PRODUCT.clocks[1].source.bo}' in page


def test_a_certificate_states_what_was_granted():
    page = read(FAMILY["certificate"])
    for said in ("SAMPLE-2026-000123", "2026年11月25日", "2027年11月24日", "¥32,000.00 人民币叁万贰仟元整"):
        assert said in page


def test_a_certificate_carries_the_exclusions():
    page = read(FAMILY["certificate"])
    for exclusion in PRODUCT.exclusions:
        assert exclusion.zh in page
        assert exclusion.bo in page


def test_a_certificate_lists_each_buyer_with_its_limit():
    record = with_buyers(5)
    paper = certificate.paper(record, PRODUCT, MARK, accepted(record))
    assert read(paper).count(record.buyers[0].credit_code) == 5
    assert read(paper).count("¥40,000.00") >= 5
    assert len(pages(render(paper), dpi=20)) == 1


def test_a_certificate_hides_a_person_but_not_a_firm():
    assert PLAIN.policyholder.id_number in read(FAMILY["certificate"])
    page = read(certificate.paper(PERSON, PRODUCT, MARK, accepted()))
    assert RESIDENT_ID not in page
    assert mask_id(RESIDENT_ID) in page


def test_there_is_no_certificate_without_cover():
    with pytest.raises(ValueError):
        certificate.paper(PLAIN, PRODUCT, MARK, DECLINED)


def test_there_is_no_notice_about_an_accepted_application():
    with pytest.raises(KeyError):
        decision.paper(PLAIN, PRODUCT, MARK, accepted())


def test_a_refusal_gives_all_its_reasons_in_both_languages():
    page = read(FAMILY["declined"])
    for reason in DECLINED.reasons:
        assert reason.zh in page
        assert reason.bo in page
    assert DECLINED.note in page


def test_what_is_missing_is_listed_once_and_completely_each_with_a_box():
    page = html(FAMILY["supplement"])
    for name in (document.name for document in PRODUCT.documents if document.id in SUPPLEMENT.missing):
        assert shown(page).count(name.zh) == 1
        assert shown(page).count(name.bo) == 1
    assert ticks(page) == [""] * len(SUPPLEMENT.missing)


def test_a_correction_says_what_to_correct():
    page = read(FAMILY["correction"])
    assert "申请记录更正通知书" in page
    assert "请更正。" in page


@pytest.mark.parametrize("name", ["application", "consents", "key-terms", "certificate", "declined", "data-sheet"])
def test_papers_about_an_application_carry_its_number(name):
    assert read(FAMILY[name]).count(REFERENCE) >= 2


@pytest.mark.parametrize(("name", "says"), [("短名", False), ("示例" * 30, True)])
def test_a_hand_over_list_says_so_when_a_name_has_no_room(name, says):
    lines = (structs.replace(DAY.lines[0], policyholder=name), *DAY.lines[1:])
    drawn = render(handover.paper(structs.replace(DAY, lines=lines), POINT, "2026-11-20T10:30:00Z", "示例经办"))
    assert any("全名见各份投保申请表" in one.text for one in read_aloud(drawn)) == says
