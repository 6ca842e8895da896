"""What the point did not take stays on the phone with its reason, and there is always a way on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from tests import phone
from tests.axe import violations
from tests.phone import Place, said

NAME_WRONG = said(422, {"problems": [{"field": "buyers-0-name", "text": "示例", "code": "answer"}]})
NEWER = said(422, {"problems": [{"field": "", "text": "保险产品已经更新", "code": "product_changed"}]})
OLDER_PRODUCT = """document.querySelector("[name=product]").value = "older:1" """
HANG = """
const { fetch } = window;
const hang = () => new Promise((_, fail) => (window.cut = () => fail(new TypeError("no line"))));
window.fetch = (address, given) => (given?.method === "POST" ? hang() : fetch(address, given));
"""
TWICE = """(gap) => {
  const form = document.getElementById("form");
  const button = form.querySelector(".bar [value=submit]");
  const state = document.getElementById("state");
  window.states = [];
  const watch = new MutationObserver(() => states.push(state.dataset.state));
  watch.observe(state, { attributeFilter: ["data-state"] });
  form.requestSubmit(button);
  setTimeout(() => form.requestSubmit(button), gap);
}"""


@pytest.fixture
def page(chromium: Chromium, public: Place) -> Iterator[Page]:
    with phone.visit(chromium, public, service_workers="block") as page:
        yield page


def refused(page: Page, public: Place) -> None:
    """Fill in an application that the point refuses, and open the page of one's own."""
    phone.open_form(page, public.url)
    phone.fill(page)
    public.line.answers.append(NAME_WRONG)
    phone.submit(page, "refused")
    page.goto(f"{public.url}/apply/mine?lang=zh")
    page.locator("#cards > li").wait_for()


@pytest.mark.parametrize("button", ["aside", "correct"])
def test_its_card_is_there_whatever_was_done_with_it(page: Page, public: Place, button: str):
    refused(page, public)
    page.click(f"[value={button}]")
    if button == "correct":
        page.wait_for_url("**/apply?lang=zh")
    page.goto(f"{public.url}/apply/mine?lang=zh")
    expect(page.locator("#cards > li")).to_have_count(1)
    expect(page.locator("#wipe")).to_be_visible()
    expect(page.locator("#unkept")).to_be_hidden()


def test_the_reason_for_the_same_invoice_can_be_given_and_is_taken(page: Page, public: Place):
    answers = phone.answers()
    for state in ("received", "refused"):
        phone.open_form(page, public.url)
        phone.fill(page, answers)
        phone.submit(page, state)
        page.goto("about:blank")
    page.goto(f"{public.url}/apply/mine?lang=zh")
    page.click("[value=correct]")
    expect(page.locator("#review-duplicate_reason")).to_be_visible()
    page.fill("#review-duplicate_reason", "示例：分两次交货")
    phone.submit(page, "received")


def test_what_was_agreed_to_is_read_again_when_the_product_is_another(page: Page, public: Place):
    phone.open_form(page, public.url)
    page.evaluate(OLDER_PRODUCT)
    phone.fill(page)
    public.line.answers.append(NEWER)
    phone.submit(page, "refused")
    page.goto(f"{public.url}/apply/mine?lang=zh")
    page.click("[value=correct]")
    expect(page.locator("#declarations")).to_be_visible()
    expect(page.locator("#declarations [role=alert]")).to_contain_text("请再读一遍声明")
    expect(page.locator("#declarations input:checked")).to_have_count(0)
    expect(page.locator("#policyholder-name")).to_have_value(phone.WHO)


def test_what_is_put_aside_while_it_is_sent_is_not_queued_again(page: Page, public: Place):
    phone.open_form(page, public.url)
    phone.fill(page)
    public.line.answers.append(said(500, "x", "text/html"))
    phone.submit(page, "queued")
    page.add_init_script(HANG)
    page.goto(f"{public.url}/apply/mine?lang=zh")
    phone.until(page, "Boolean(window.cut)")
    page.click("[value=aside]")
    expect(page.locator("#cards > li[data-state=aside]")).to_be_visible()
    page.evaluate("cut()")
    page.wait_for_timeout(500)
    assert phone.queue(page) == []
    assert len(page.evaluate(phone.KEPT, "aside")) == 1


@pytest.mark.parametrize("gap", [0, 10, 30])
def test_two_taps_submit_once_and_say_so(page: Page, public: Place, gap: int):
    public.line.answers.append(said(503, {}, Retry_After="3600"))
    phone.open_form(page, public.url)
    phone.fill(page)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.evaluate(TWICE, gap)
    expect(page.locator("#state")).to_have_attribute("data-state", "queued", timeout=20_000)
    page.wait_for_timeout(300)
    assert page.evaluate("states.includes('unsaved')") is False
    assert len(phone.queue(page)) == 1


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_axe_finds_nothing_on_what_comes_and_goes(chromium: Chromium, public: Place, language: str) -> None:
    with phone.visit(chromium, public, service_workers="block") as page:
        mine = f"{public.url}/apply/mine?lang={language}"
        phone.open_form(page, public.url, language)
        phone.fill(page)
        page.evaluate("sessionStorage.clear()")
        page.reload()
        page.locator("[value=anew]").wait_for()
        assert violations(page) == []
        page.click("[value=continue]")
        expect(page.locator("#policyholder-name")).to_have_value(phone.WHO)
        public.line.answers += [said(500, "x", "text/html")] * 2
        phone.submit(page, "queued")
        assert violations(page) == []
        page.goto(mine)
        page.click("[value=code]")
        page.locator("dialog svg").wait_for()
        assert violations(page) == []
