"""The form on a phone with script: one group at a time, kept at every change, in both languages, for nobody else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import phone
from tests.phone import Place
from tests.slips import likely

NAME = "#policyholder-name"
NEXT = ".bar [value=next]"


@pytest.fixture
def page(chromium: Browser, public: Place) -> Iterator[Page]:
    """A phone without the worker, which has tests of its own."""
    with phone.visit(chromium, public, service_workers="block") as page:
        yield page


def come_back(page: Page, url: str) -> Page:
    """Close the page and open the form in another tab, as somebody who takes up the phone later."""
    context = page.context
    page.close()
    later = context.new_page()
    later.goto(f"{url}/apply?lang=zh")
    return later


def test_it_shows_one_group_at_a_time_and_goes_on_when_all_is_answered(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    expect(page.locator(".group:visible")).to_have_id("start")
    page.click(NEXT)
    expect(page.locator(".group:visible")).to_have_id("policyholder")
    page.click(".bar [value=back]")
    expect(page.locator(".group:visible")).to_have_id("start")


def test_a_question_left_open_says_so_and_holds_the_step(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    start = {"buyer_in_mainland": ["yes"], "kind": ["natural_person"], "trade_mode": [""]}
    phone.fill(page, likely() | {"start": start})
    page.click(NEXT)
    expect(page.locator("#start-trade_mode-error")).to_have_text("请填写这一项")
    expect(page.locator(".group:visible")).to_have_id("start")
    expect(page.locator("#start-trade_mode-error")).to_be_visible()
    page.check("[name=start-trade_mode][value=wholesale]")
    expect(page.locator("#start-trade_mode-error")).to_be_hidden()
    page.click(NEXT)
    expect(page.locator(".group:visible")).to_have_id("policyholder")


def test_an_answer_that_leads_elsewhere_says_why_at_once(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    page.check("[name=start-buyer_in_mainland][value=no]")
    expect(page.locator("#start-buyer_in_mainland-error")).to_contain_text("出口")
    page.check("[name=start-buyer_in_mainland][value=yes]")
    expect(page.locator("#start-buyer_in_mainland-error")).to_be_hidden()


def test_questions_that_follow_from_an_answer_appear_with_it(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    for _ in range(2):
        page.click(NEXT)
    expect(page.locator("#buyers-0-relation")).to_be_hidden()
    page.check("[name=buyers-0-related][value=yes]")
    expect(page.locator("#buyers-0-relation")).to_be_visible()


def test_the_counter_s_live_checks_help_while_typing(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    page.click(NEXT)
    expect(page.locator("#policyholder-mobile-understood")).to_be_attached()
    page.fill("#policyholder-mobile", "1390000000")
    page.locator("#policyholder-mobile").blur()
    expect(page.locator("#policyholder-mobile-error")).to_be_visible()
    page.click(NEXT)
    expect(page.locator(".group:visible")).to_have_id("policyholder")
    page.fill("#policyholder-mobile", "139 0000 0001")
    expect(page.locator("#policyholder-mobile-error")).to_be_hidden()
    expect(page.locator("#policyholder-mobile-understood")).to_have_text("139 0000 0001")


def test_further_buyers_come_and_go(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    for _ in range(2):
        page.click(NEXT)
    page.click("#buyers-0 [value=another]")
    expect(page.locator(".group:visible")).to_have_id("buyers-1")
    expect(page.locator("#buyers-1 h1")).to_have_text("第 2 个买方")
    expect(page.locator("#buyers-1-name")).to_have_value("")
    page.fill("#buyers-1-name", "示例茶叶商行")
    phone.says(page, "saved")
    page.reload()
    expect(page.locator("#buyers-1-name")).to_have_value("示例茶叶商行")
    page.click("#buyers-1 [value=remove]")
    expect(page.locator(".group:visible")).to_have_id("buyers-0")
    expect(page.locator("#buyers-1")).not_to_be_attached()


def test_a_reload_loses_nothing(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    page.click(NEXT)
    page.fill(NAME, "卓玛·示例")
    phone.says(page, "saved")
    page.reload()
    expect(page.locator(NAME)).to_have_value("卓玛·示例")
    expect(page.locator(".group:visible")).to_have_id("policyholder")


def test_the_language_changes_at_any_moment_and_everything_typed_stays(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    page.click(NEXT)
    page.fill(NAME, "卓玛·示例")
    with page.expect_navigation():
        page.click("[name=switch_language]")
    expect(page.locator("html")).to_have_attribute("lang", "bo")
    expect(page.locator(NAME)).to_have_value("卓玛·示例")
    expect(page.locator(".group:visible")).to_have_id("policyholder")


def test_the_summary_repeats_what_was_answered(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    for _ in range(6):
        page.click(NEXT)
    summary = page.locator("#summary")
    expect(summary).to_contain_text(phone.WHO)
    expect(summary).to_contain_text(phone.GOODS)
    expect(summary).to_contain_text("自然人")


def test_a_draft_is_shown_to_nobody_who_did_not_ask_for_it(page: Page, public: Place) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    later = come_back(page, public.url)
    expect(later.locator("main h1").first).to_have_text("这部手机上有一份没填完的申请")
    expect(later.locator("[data-who]")).to_have_text("格＊＊")
    assert phone.WHO not in later.content()
    expect(later.locator(NAME)).to_have_value("")
    later.click("[value=continue]")
    expect(later.locator(NAME)).to_have_value(phone.WHO)


@pytest.mark.parametrize(("choice", "left"), [("anew", 1), ("wipe", 0)])
def test_the_next_user_of_the_phone_begins_anew(page: Page, public: Place, choice: str, left: int) -> None:
    phone.open_form(page, public.url)
    phone.fill(page)
    later = come_back(page, public.url)
    later.click(f"[value={choice}]")
    expect(later.locator(NAME)).to_have_value("")
    expect(later.locator(".group:visible")).to_have_id("start")
    assert len(later.evaluate(phone.KEPT, "drafts")) == left
