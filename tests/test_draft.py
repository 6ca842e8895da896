"""A new application at the counter, step by step, with everything that can be typed wrong."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlite_utils import Database

from domain.uuid7 import new_uuid7
from store import applications, drafts, journal, leads, ledger
from store.clock import today
from store.staff import Staff
from tests.conftest import Browser
from tests.enrolment import PRODUCT, enrol

START = {"buyer_in_mainland": "yes", "kind": "enterprise", "trade_mode": "wholesale"}
HOLDER = {
    "name": "西藏吉隆示例边贸有限公司",
    "name_bo": "དཔེ་མཚོན་ཚོང་ཁང",
    "id_kind": "credit_code",
    "id_number": "91540234 ma6t0a1b8m",
    "county": "540234",
    "address": "吉隆镇示例路1号",
    "industry": "border_logistics",
    "main_business": "羊毛收购",
    "contact": "示例·联系人",
    "mobile": "+86 139 0000 0001",
    "legal_representative": "示例代表",
}
BUYER = {
    "name": "拉萨示例特产有限公司",
    "credit_code": "91110000600037341L",
    "related": "no",
    "highest_balance_fen": "20,000",
    "trade_goods": "羊毛",
    "trade_contract_number": "示例合同-1",
    "trade_delivery_date": f"{today():%Y年%m月%d日}",
    "trade_invoice_number": "INV-2026-001",
    "trade_invoice_date": f"{today():%Y%m%d}",
    "trade_amount_fen": "８，５００.50元",
    "trade_credit_days": "60",
    "arrears_owed": "no",
}
BUSINESS = {
    "usual_credit_days": "30",
    "longest_credit_days": "60",
    "last_year_sales_fen": "1000000",
    "next_year_sales_fen": "1200000",
    "unpaid_losses": "no",
    "other_insurance": "none",
    "declined_before": "no",
    "purposes": ["secure_payment"],
}
DECLARED = {
    "read_in": "zh",
    "truthful": "y",
    "terms_received": "y",
    "exclusions_explained": "y",
    "consent_insurer": "y",
    "filled_by_clerk": "y",
    "read_back": "y",
    "documents": ["trade-contract"],
}


class Counter:
    """A clerk who fills one draft."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.id = new_uuid7()

    def url(self, step: str) -> str:
        return f"/drafts/{self.id}/{step}"

    def send(self, step: str, answers: dict):
        return self.browser.submit(self.url(step), **answers)

    def begin(self, **answers: str):
        return self.browser.submit("/drafts/new", draft_id=self.id, **{**START, **answers})

    def fill(self, buyer: dict = BUYER) -> "Counter":
        for answer in (
            self.begin(),
            self.send("policyholder", HOLDER),
            self.send("buyers/1", buyer),
            self.send("business", BUSINESS),
            self.send("cover", {"tier": "starter"}),
            self.send("declarations", DECLARED),
        ):
            assert answer.status_code == 303, answer.text
        return self


@pytest.fixture
def counter(signed_in: Browser, db: Database) -> Counter:
    enrol(db)
    return Counter(signed_in)


def errors(page: str) -> list[str]:
    return re.findall(r'<p class="error" id="([\w-]+)-error">', page)


def test_it_takes_an_application_from_the_first_question_to_the_journal(counter: Counter, db: Database) -> None:
    answer = counter.fill().send("submission", {})
    record = applications.read(db, counter.id)
    assert answer.headers["Location"] == f"/applications/{record.reference}"
    assert record.policyholder.id_number == "91540234MA6T0A1B8M"
    assert record.policyholder.mobile == "13900000001"
    assert record.buyers[0].trade.amount_fen == 850_050
    assert record.buyers[0].trade.due_date == today() + timedelta(days=60)
    assert record.quote and record.quote.payable_fen == sum(line.amount_fen for line in record.quote.lines)
    assert not journal.verify(db)
    assert drafts.mine(db, counter.id) == []


def test_submitting_twice_makes_one_application(counter: Counter, db: Database) -> None:
    counter.fill()
    first, second = counter.send("submission", {}), counter.send("submission", {})
    assert first.headers["Location"] == second.headers["Location"]
    assert ledger.count(db).total == 1


def test_beginning_twice_makes_one_draft(counter: Counter, db: Database, clerk: Staff) -> None:
    counter.begin()
    counter.begin()
    assert len(drafts.mine(db, clerk.id)) == 1


@pytest.mark.parametrize(
    ("step", "field", "typed"),
    [
        ("policyholder", "name", ""),
        ("policyholder", "name", "甲" * 61),
        ("policyholder", "name", "示例\u202e公司"),
        ("policyholder", "name", "示例\U0002ffff公司"),
        ("policyholder", "name_bo", "latin"),
        ("policyholder", "id_number", "91540234MA6T0A1B8N"),
        ("policyholder", "mobile", "12345"),
        ("policyholder", "county", "110101"),
        ("policyholder", "established_on", "2199-01-01"),
        ("policyholder", "legal_representative", ""),
        ("buyers/1", "credit_code", "91540234MA6T0A1B8M"),
        ("buyers/1", "credit_code", "9111000060003734IL"),
        ("buyers/1", "trade_amount_fen", "八千五"),
        ("buyers/1", "trade_amount_fen", "0"),
        ("buyers/1", "trade_amount_fen", "1.005"),
        ("buyers/1", "trade_amount_fen", "-5"),
        ("buyers/1", "trade_credit_days", "999"),
        ("buyers/1", "trade_delivery_date", "2026-02-30"),
        ("buyers/1", "trade_invoice_date", "2020-01-01"),
        ("buyers/1", "trade_due_date", "2020-01-01"),
        ("buyers/1", "related", ""),
        ("business", "last_year_sales_fen", "many"),
        ("business", "purposes", []),
        ("cover", "tier", "gold"),
        ("declarations", "truthful", ""),
        ("declarations", "consent_insurer", ""),
        ("declarations", "read_back", ""),
    ],
)
def test_it_refuses_a_wrong_field_at_the_field_and_keeps_what_was_typed(
    counter: Counter, db: Database, clerk: Staff, step: str, field: str, typed: str | list[str]
) -> None:
    counter.fill()
    right: dict[str, dict[str, Any]] = {
        "policyholder": HOLDER,
        "buyers/1": BUYER,
        "business": BUSINESS,
        "declarations": DECLARED,
    }
    answers = {**right.get(step, {}), field: typed}
    if not typed:
        del answers[field]
    page = counter.send(step, answers)
    assert page.status_code == 422
    assert field in errors(page.text)
    kept = drafts.get(db, counter.id, clerk.id).answers
    part = kept["buyers"][0] if step == "buyers/1" else kept[step]
    assert part.get(field) == ([typed] if isinstance(typed, str) and typed else None)
    assert counter.send("submission", {}).headers["Location"].startswith(f"/drafts/{counter.id}/")


def test_the_messages_are_in_the_chosen_language(counter: Counter) -> None:
    counter.fill()
    chinese = counter.send("policyholder", {**HOLDER, "mobile": "1"}).text
    counter.browser.set_cookie("lang", "bo")
    tibetan = counter.send("policyholder", {**HOLDER, "mobile": "1"}).text
    assert "手机号码" in chinese and "手机号码" not in re.findall(r'id="mobile-error">(.*?)</p>', tibetan, re.S)[0]


@pytest.mark.parametrize(
    ("answers", "refer"),
    [({"buyer_in_mainland": "no"}, True), ({"trade_mode": "export"}, True), ({"kind": "natural_person"}, False)],
)
def test_it_never_refuses_silently(counter: Counter, db: Database, answers: dict[str, str], refer: bool) -> None:
    standing = counter.begin(**answers).headers["Location"]
    page = counter.browser.get(standing).text
    reasons = [rule.reason.zh for rule in PRODUCT.eligibility]
    assert any(reason in page for reason in reasons)
    if refer:
        counter.browser.submit(standing, contact="示例", mobile="13900000001")
        assert [lead.contact for lead in leads.newest(db)] == ["示例"]
        assert counter.browser.get(counter.url("start")).status_code == 404


def test_a_related_buyer_leads_to_what_the_rules_say_before_anything_is_submitted(
    counter: Counter, db: Database
) -> None:
    counter.fill()
    answer = counter.send("buyers/1", {**BUYER, "related": "yes", "relation": "同一老板"})
    assert answer.headers["Location"] == counter.url("standing")
    page = counter.browser.get(counter.url("standing")).text
    assert next(rule.reason.zh for rule in PRODUCT.eligibility if rule.when.buyer_related) in page
    for url in ("review", "submission"):
        ask = counter.browser.get if url == "review" else counter.browser.submit
        assert ask(counter.url(url)).headers["Location"] == counter.url("standing")
    assert ledger.count(db).total == 0


@pytest.mark.parametrize(
    "url", ["policyholder", "buyers", "buyers/1", "business", "cover", "quote", "review", "standing"]
)
def test_whoever_goes_ahead_is_led_back_to_the_open_step(counter: Counter, url: str) -> None:
    counter.begin(kind="")
    assert counter.browser.get(counter.url(url)).headers["Location"].startswith(counter.url("start"))


def test_what_is_typed_is_kept_while_the_language_changes(counter: Counter, db: Database, clerk: Staff) -> None:
    counter.begin()
    answer = counter.send("policyholder", {"name": "只写了一半", "switch_language": "bo"})
    assert answer.status_code == 303 and "lang=bo" in answer.headers["Set-Cookie"]
    assert "只写了一半" in counter.browser.get(answer.headers["Location"]).text


def test_autosave_keeps_what_is_not_yet_right(counter: Counter, db: Database, clerk: Staff) -> None:
    counter.begin()
    answer = counter.send("autosave/buyers/1", {"name": "拉萨", "trade_amount_fen": "八"})
    assert answer.json == {"saved": True}
    assert drafts.get(db, counter.id, clerk.id).answers["buyers"][0]["trade_amount_fen"] == ["八"]


def test_a_locked_screen_keeps_what_was_sent_and_asks_for_the_pin(counter: Counter, db: Database, clerk: Staff) -> None:
    counter.begin()
    token = counter.browser.csrf_token()
    db.execute("UPDATE session SET seen_at = seen_at - 3600")
    fields = {"csrf_token": token, "name": "锁屏前写的"}
    answer = counter.browser.post(counter.url("policyholder"), data=fields)
    assert "/session/lock" in answer.headers["Location"]
    assert drafts.get(db, counter.id, clerk.id).answers["policyholder"]["name"] == ["锁屏前写的"]
    assert "锁屏前写的" not in counter.browser.get(counter.url("policyholder"), follow_redirects=True).text


def test_a_draft_is_its_writers_alone(counter: Counter, app: Flask, db: Database, hire: Callable[..., Staff]) -> None:
    counter.begin()
    other = Browser(app).sit_down(db, hire("示例经办二"))
    assert other.get(counter.url("policyholder")).status_code == 404


def test_the_same_invoice_asks_for_a_reason(counter: Counter, db: Database) -> None:
    counter.fill().send("submission", {})
    again = Counter(counter.browser).fill()
    refused = again.send("submission", {})
    assert refused.status_code == 422 and errors(refused.text) == ["duplicate_reason"]
    assert str(applications.read(db, counter.id).reference) in refused.text
    again.send("submission", {"duplicate_reason": "分两次交货"})
    assert applications.read(db, again.id).duplicate_reason == "分两次交货"


def test_five_buyers_fit_and_a_sixth_is_not_offered(counter: Counter, db: Database) -> None:
    counter.fill()
    codes = ["91540234MA6T0A1B8M", "92540235MA6T0C2D61", "93540232MA6T0E3F4J", "51540000MJX00A1B3K"]
    for number, code in enumerate(codes[1:] + ["N2540529MF000A1B9J"], start=2):
        other = {**BUYER, "name": f"示例买方{number}", "credit_code": code, "trade_invoice_number": f"F{number}"}
        assert counter.send(f"buyers/{number}", other).status_code == 303
    page = counter.browser.get(counter.url("buyers")).text
    assert "buyers/6" not in page
    counter.send("submission", {})
    assert len(applications.read(db, counter.id).buyers) == 5


def test_an_expired_product_quotes_nothing_and_says_so(signed_in: Browser, db: Database) -> None:
    from msgspec.structs import replace

    enrol(db, replace(PRODUCT, valid_to=today() - timedelta(days=1)))
    page = signed_in.get("/drafts/new")
    assert page.status_code == 503 and "已过有效期" in page.text


@pytest.fixture
def every_page(counter: Counter) -> Iterator[str]:
    counter.fill()
    steps = ("start", "policyholder", "buyers", "buyers/1", "business", "cover", "quote", "declarations", "review")
    return (counter.url(step) for step in steps)


def test_nothing_is_ticked_in_advance(counter: Counter) -> None:
    counter.begin()
    counter.send("policyholder", HOLDER)
    counter.send("buyers/1", BUYER)
    assert "checked" not in counter.browser.get(counter.url("declarations")).text


def test_every_page_of_a_draft_opens_in_both_languages(counter: Counter, every_page: Iterator[str]) -> None:
    for url in every_page:
        for language in ("zh", "bo"):
            counter.browser.set_cookie("lang", language)
            assert counter.browser.get(url).status_code == 200, url
