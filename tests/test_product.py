import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from domain.canonical import canonical
from domain.check.product import check, read
from domain.errors import Invalid, Problem
from domain.problems import product as messages
from domain.product import Text
from domain.words import ApplicantKind, ConsentKind, Industry
from tests.sample import PRODUCT, changed

RATE = PRODUCT.rates.ppm["good"]

CASES = [
    ("valid_to", "product_dates", {"valid_to": date(2025, 12, 31)}),
    ("max_credit_days", "product_credit_days", {"min_credit_days": 181}),
    ("max_credit_days", "product_credit_days", {"min_credit_days": 0}),
    ("cover_days", "product_cover_days", {"cover_days": 0}),
    ("tiers", "product_no_tier", {"tiers": ()}),
    ("rates/bands", "product_bands", {"rates__bands": (30, 60, 60, 120, 180)}),
    ("rates/bands", "product_bands", {"rates__bands": (30, 60, 90, 120, 179)}),
    ("rates/ppm/good", "product_rates", {"rates__ppm": {**PRODUCT.rates.ppm, "good": RATE[:4]}}),
    ("rates/ppm/AAA", "product_rates", {"grades": (*PRODUCT.grades, changed(PRODUCT.grades[0], code="AAA"))}),
    ("grades", "product_not_queried", {"grades": PRODUCT.grades[:-1]}),
    ("consents", "product_no_consent", {"consents": PRODUCT.consents[1:]}),
    ("consents", "product_no_consent", {"consents__0__required": False}),
    ("consents/3", "listed_twice", {"consents": (*PRODUCT.consents, PRODUCT.consents[0])}),
    ("tiers/1", "listed_twice", {"tiers__1__code": "starter"}),
    ("documents/1", "listed_twice", {"documents__1__id": "business-licence"}),
    ("exclusions/0/zh", "text_invisible", {"exclusions__0__zh": "寄售\u200b"}),
]  # fmt: skip


def tibetan(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every Tibetan text of the product with its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from [(path, item)] if key == "bo" else tibetan(item, f"{path}/{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from tibetan(item, f"{path}/{index}")


TIBETAN = list(tibetan(msgspec.to_builtins(PRODUCT)))


@pytest.mark.parametrize(("path", "code", "changes"), CASES)
def test_it_refuses_a_product_that_could_not_be_used(path, code, changes):
    assert [(problem.path, problem.code) for problem in check(changed(PRODUCT, **changes))] == [(path, code)]


def test_every_code_of_products_is_refused_somewhere_here():
    assert set(messages.MESSAGES) == {code for _, code, _ in CASES if code.startswith("product_")}


def test_it_reads_a_product_only_whole():
    assert read(msgspec.json.encode(PRODUCT)) == PRODUCT
    with pytest.raises(Invalid) as caught:
        read(msgspec.json.encode(changed(PRODUCT, tiers=())))
    assert caught.value.problems == [Problem("tiers", "product_no_tier")]


def test_it_refuses_a_product_with_fields_it_does_not_know():
    with pytest.raises(Invalid) as caught:
        read(msgspec.json.encode({**msgspec.to_builtins(PRODUCT), "bonus": 1}))
    assert caught.value.problems == [Problem("bonus", "shape_unknown")]


def test_the_sample_says_that_it_is_one():
    assert PRODUCT.sample
    assert all("示例" in text for text in (PRODUCT.name.zh, PRODUCT.insurer.zh, PRODUCT.origin))
    assert "藏文未经审校" in PRODUCT.origin
    assert all("示例" in subsidy.name.zh for subsidy in PRODUCT.subsidies)


def test_every_clock_says_where_it_comes_from():
    assert all(re.search("《|示例|参照", clock.source.zh) for clock in PRODUCT.clocks)
    assert all(re.search("《|དཔེ་མཚོན|གཞིགས", clock.source.bo) for clock in PRODUCT.clocks)


def test_a_product_that_says_it_in_chinese_alone_is_read_and_keeps_what_was_signed():
    body = canonical(changed(PRODUCT, clocks__0__origin="示例"))
    old = read(body)
    assert canonical(old) == body
    assert old.clocks[0].source == Text(zh="示例", bo="示例")


def test_every_kind_of_applicant_has_papers_to_bring():
    required = {kind for document in PRODUCT.documents for kind in document.required_for}
    assert required == set(ApplicantKind)


def test_every_industry_has_its_factor():
    assert set(PRODUCT.rates.industry_permille) == set(Industry)


@pytest.mark.parametrize("wording", PRODUCT.consents, ids=lambda wording: wording.kind)
def test_every_consent_names_insurer_purpose_kinds_retention_and_withdrawal(wording):
    for said in (PRODUCT.insurer.zh, "信息种类", "保存期限", "撤回", "不同意的"):
        assert said in wording.text.zh
    assert re.search("处理目的|约定用途", wording.text.zh)
    assert PRODUCT.insurer.bo in wording.text.bo


def test_each_consent_is_asked_for_itself():
    assert [wording.kind for wording in PRODUCT.consents] == list(ConsentKind)


@pytest.mark.parametrize(("path", "text"), TIBETAN, ids=[path for path, _ in TIBETAN])
def test_the_tibetan_keeps_the_rules_of_its_script(path, text):
    assert unicodedata.is_normalized("NFC", text)
    assert re.fullmatch(r"[\u0F00-\u0FFF\x20-\x7E\u00A0《》（）–—…]+", text)
    assert re.search(r"[\u0F40-\u0F6C]", text)
    assert not re.search("[\u0f0b\u0f0c]{2}", text), "two tshegs"
    assert not re.search("[\u0f0b\u0f0c]$|^ | $", text), "loose end"
    assert not re.search("(?<!\u0f44)[\u0f0b\u0f0c]\u0f0d", text), "tsheg before shad"
    assert not re.search("\u0f44\u0f0b?\u0f0d", text), "NGA and shad without their own tsheg"
    assert not re.search("[\u0f40\u0f42][\u0f71-\u0f7d]?\u0f0d", text), "shad after KA or GA"
    assert not re.search("[\u0f00\u0f73\u0f75-\u0f79\u0f81]", text), "letters out of use"
