"""The application form: everything the insurer asks for, in both scripts, as it will be signed."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import escape

from domain.characters import HAN, TIBETAN
from domain.words import NAMES
from i18n import text
from tests.papers import PLAIN, REFERENCE, form, html, longest, shown, ticks, with_buyers
from tests.sample import PRODUCT, changed

TEMPLATES = Path(__file__).parent.parent / "templates" / "print"
LEFT_OUT = "篇幅所限，其余内容见电子记录，以二维码中的校验码为准。"
ORDERS = ("zh_first", "bo_first")
SAID = re.compile(r'(?:both|beside|sentence)\("([^"%]+)"|(?:says\([^"]+|text\(language), "([^"%]+)"')
HELPED = changed(PLAIN, declarations__filled_by_clerk=True, policyholder__affiliates="无")


def labels(*names):
    written = "".join((TEMPLATES / name).read_text("utf-8") for name in names)
    return sorted({one or other for one, other in SAID.findall(written)} - {"没有", "否", LEFT_OUT})


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("label", labels(
    "application.html", "base.html", "exclusions.html", *(f"application/{name}.html" for name in (
        "head", "holder", "business", "buyer", "cover", "declarations", "consents", "signatures"))
))  # fmt: skip
def test_every_label_is_there_in_both_scripts(label, order):
    page = html(form(HELPED), order)
    assert TIBETAN.search(text("bo", label))
    assert not HAN.search(text("bo", label))
    assert str(escape(label)) in page
    assert f'lang="bo">{escape(text("bo", label))}</' in page


@pytest.mark.parametrize("order", ORDERS)
def test_the_script_that_the_place_chose_stands_first(order):
    page = html(form(), order)
    languages = re.findall(r'<h1 lang="(\w+)">', page)
    assert languages == (["zh", "bo"] if order == "zh_first" else ["bo", "zh"])
    before, after = ("投保人", text("bo", "投保人")) if order == "zh_first" else (text("bo", "投保人"), "投保人")
    assert f"{before} {after}" in shown(page)


def test_every_run_of_tibetan_says_that_it_is():
    page = re.sub(r"<(span|h1|p|td) lang=\"bo\">.*?</\1>", "", html(form(HELPED)), flags=re.DOTALL)
    assert not TIBETAN.search(re.sub(r'alt="[^"]*"', "", page))


def test_numbers_are_whole_because_the_insurer_needs_them():
    page = shown(html(form()))
    assert PLAIN.policyholder.id_number in page
    assert PLAIN.policyholder.mobile in page
    assert PLAIN.buyers[0].credit_code in page
    assert REFERENCE in page


def test_amounts_stand_in_capitals_too():
    page = shown(html(form()))
    assert "¥40,000.00 人民币肆万元整" in page
    assert "¥32,000.00 人民币叁万贰仟元整" in page


@pytest.mark.parametrize(("given", "ticked"), [(True, ["✓", ""]), (False, ["", "✓"])])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_each_consent_is_given_or_not_for_itself(number, given, ticked):
    record = changed(PLAIN, **{f"consents__{other}__given": not given for other in range(3)})
    page = html(form(changed(record, **{f"consents__{number}__given": given})))
    choices = re.findall(r'<table class="choice">.*?</table>', page, re.DOTALL)
    assert ticks(choices[number]) == ticked
    assert NAMES[PLAIN.consents[number].kind] in choices[number]


def test_what_was_filled_in_by_the_clerk_says_so():
    words = "以上内容由投保人本人提供，代填人按其陈述填写"
    assert words in html(form(HELPED))
    assert words not in html(form())


@pytest.mark.parametrize("licensed", [True, False])
def test_a_point_without_licence_says_that_nothing_is_covered_yet(licensed):
    page = html(form(changed(PLAIN, point__licensed=licensed)))
    assert ("本单据不代表承保" in page) is not licensed
    assert "本回执" not in page


def test_it_says_where_the_exclusions_stand_and_which_language_prevails():
    page = html(form())
    where = "责任免除：哪些损失不赔，见《投保须知》。签字以前请听工作人员逐条说明。"
    for zh, bo in ((where, text("bo", where)), (PRODUCT.prevailing.zh, PRODUCT.prevailing.bo)):
        assert zh in page
        assert bo in page


@pytest.mark.parametrize("sample", [True, False])
def test_a_sample_product_is_called_one(sample):
    paper = form()
    page = html(replace(paper, values=paper.values | {"product": changed(PRODUCT, sample=sample)}))
    assert ('class="stamp"' in page) is sample


@pytest.mark.parametrize("number", [2, 3, 5])
def test_several_buyers_stand_below_each_other_with_all_their_fields(number):
    page = shown(html(form(with_buyers(number))))
    assert page.count(PLAIN.buyers[0].credit_code) == number
    one = set(labels("application/buyer.html"))
    several = set(labels("application/buyers.html", "application/buyers_whole.html"))
    assert several - one == {"签订日期", "开票日期"}
    assert one - several == set()


def test_amounts_and_arrears_are_there_even_where_fields_are_left_out():
    paper = form(longest(5))
    brief = shown(html(paper, look=paper.looks[-1]))
    assert brief.count("¥9,999,999,999.99 3650") >= 5
    assert brief.count("¥9,999,999,999.99 人民币玖拾玖亿") >= 5
