"""A trader who comes again with a known buyer: few interactions from home to the printed form, each one counted."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from sqlite_utils import Database

from store.clock import today
from store.staff import Staff
from tests.browser import Browser
from tests.chromium import follow
from tests.enrolment import enrol
from tests.served import served
from tests.test_draft import HOLDER, Counter
from tests.test_journey import PHONE

MOST = 12
# What the law wants said separately, by the applicant, each time; none of it may be ticked in advance or together.
DECLARED = ("truthful", "terms_received", "exclusions_explained", "consent_insurer")
TRADE = {
    "trade_contract_number": "示例合同-2",
    "trade_delivery_date": f"{today():%Y%m%d}",
    "trade_amount_fen": "12000",
}


class Hand:
    """A clerk's hand: every click, every field filled and every card chosen is one interaction."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0
        self.declared = 0

    def click(self, what: str) -> None:
        self.count += 1
        self.page.click(what)

    def follow(self, what: str) -> None:
        self.count += 1
        follow(self.page, what)

    def fill(self, name: str, value: str) -> None:
        self.count += 1
        self.page.fill(f"[name={name}]", value)

    def choose(self, name: str, value: str) -> None:
        self.count += 1
        self.page.check(f"[name={name}][value={value}]")

    def declare(self, name: str) -> None:
        self.declared += 1
        assert not self.page.is_checked(f"[name={name}]"), name
        self.page.check(f"[name={name}]")


@pytest.fixture
def hand(app: Flask, signed_in: Browser, db: Database, clerk: Staff, chromium: Chromium) -> Iterator[Hand]:
    enrol(db)
    Counter(signed_in).fill().send("submission", {})
    with served(app) as url:
        context = chromium.new_context(viewport=PHONE, base_url=url)
        context.add_cookies([{"name": "tsheg", "value": signed_in.cookie(), "url": url}])
        page = context.new_page()
        page.goto("/")
        yield Hand(page)


def test_from_home_to_the_printed_form_in_twelve_and_the_separate_declarations(hand: Hand) -> None:
    page = hand.page
    hand.fill("q", HOLDER["name"])
    hand.follow(".finder button")
    hand.follow("table.records a")
    hand.follow("form[action$='/drafts'] button")
    expect(page.locator("[name=trade_contract_number]")).to_be_focused()
    for name, value in TRADE.items():
        hand.fill(name, value)
    hand.choose("arrears_owed", "no")
    hand.follow(".buttons .main")
    expect(page).to_have_url(re.compile("/declarations$"))
    for name in DECLARED:
        hand.declare(name)
    hand.follow(".buttons .main")
    expect(page).to_have_url(re.compile("/review$"))
    hand.follow(".buttons .main")
    expect(page).to_have_url(re.compile("/applications/[^/]+$"))
    with page.context.expect_event("response", lambda answer: answer.url.endswith("/prints")) as printed:
        hand.click("[data-key=F4]")
    assert printed.value.headers["content-type"] == "application/pdf"
    assert hand.count <= MOST
    assert hand.declared == len(DECLARED)


def test_what_was_taken_over_is_marked_and_what_is_new_is_not(hand: Hand) -> None:
    page = hand.page
    follow(page, "table.records a")
    follow(page, "form[action$='/drafts'] button")
    marked = page.eval_on_selector_all(".field:has(.copied) :is(input, select)", "all => all.map(one => one.name)")
    assert {"name", "credit_code", "trade_goods", "trade_credit_days", "related"} <= set(marked)
    assert not {*TRADE, "arrears_owed"} & set(marked)
    page.goto(page.url.replace("buyers/1", "policyholder"))
    expect(page.locator(".notice")).to_have_count(1)
