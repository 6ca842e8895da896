"""A clerk at a real browser of 360 pixels: print, print again, print later, hand over, blank forms; both languages.

Pictures of every page are kept in ``artifacts/``, outside git, for people to look at.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Response, ViewportSize, expect
from sqlite_utils import Database

from domain.application import Application
from domain.blank_code import digits_of
from domain.words import BlankState
from i18n import text
from store import blanks, pile
from store.staff import Staff
from tests.axe import violations
from tests.browser import Browser
from tests.chromium import ROOT, follow
from tests.desk import place, press, printed, taken
from tests.enrolment import enrol
from tests.served import served

ARTIFACTS = ROOT / "artifacts"
PHONE: ViewportSize = {"width": 360, "height": 640}
F4 = "[data-key=F4]"
Look = Callable[[str], None]


@pytest.fixture
def records(db: Database, signed_in: Browser) -> list[Application]:
    enrol(db)
    return [taken(db) for _ in range(3)]


@pytest.fixture(params=["zh", "bo"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[True])
def page(
    app: Flask, signed_in: Browser, records: list[Application], chromium: Chromium, language: str,
    request: pytest.FixtureRequest,
) -> Iterator[Page]:  # fmt: skip
    """The counter in a browser that has script, or has none."""
    with served(app) as url:
        context = chromium.new_context(viewport=PHONE, base_url=url, java_script_enabled=request.param)
        cookies = {"tsheg": signed_in.cookie(), "lang": language}
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        page, complaints = context.new_page(), []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert [said for said in complaints if "422" not in said] == []


@pytest.fixture
def look(page: Page, language: str) -> Look:
    """Keep a picture; nothing may need scrolling sideways or be out of anybody's reach."""

    def look(name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTIFACTS / f"papers-{language}-{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True, name
        assert violations(page) == [], name

    return look


def printing(page: Page, press: Callable[[], object], ends: str = "/prints") -> Response:
    """Return the answer in the new tab that *press* opens."""
    with page.context.expect_event("response", lambda answer: answer.url.endswith(ends)) as answered:
        press()
    answer: Response = answered.value
    return answer


def test_f4_prints_at_once_and_the_second_time_asks_why(
    page: Page, records: list[Application], db: Database, look: Look, language: str
):
    record = records[0]
    page.goto(f"/applications/{record.reference}")
    look("record")
    assert printing(page, lambda: page.keyboard.press("F4")).headers["content-type"] == "application/pdf"
    assert len(printed(db, record)) == 1
    page.reload()
    look("record-printed")
    page.keyboard.press("F4")
    expect(page).to_have_url(re.compile("/papers/application$"))
    look("again")
    expect(page.get_by_text(text(language, "与第一次打印的完全相同"))).to_be_visible()
    assert printing(page, lambda: page.click(F4)).status == 422
    page.check("[name=reason][value=lost]")
    expect(page.locator("[name=words]")).to_be_hidden()
    assert printing(page, lambda: page.click(F4)).headers["content-type"] == "application/pdf"
    assert len(printed(db, record)) == 2


def test_a_preview_fits_the_screen_and_other_copies_are_two_clicks_away(
    page: Page, records: list[Application], look: Look
):
    page.goto(place(records[0], "receipt", ""))
    look("preview")
    drawn = page.locator(".pages-drawn img").first
    assert drawn.evaluate("image => image.complete && image.naturalWidth > 1000 && image.clientWidth <= 328")
    before = drawn.get_attribute("src")
    page.click("details summary")
    page.check("[name=order][value=bo]")
    page.check("[name=size][value=roll80]")
    look("choice")
    follow(page, "details form button")
    expect(page).to_have_url(re.compile("order=bo&size=roll80$"))
    assert page.locator(".pages-drawn img").first.get_attribute("src") != before
    look("preview-roll")


def test_the_pile_is_watched_and_taken_off(
    page: Page, records: list[Application], db: Database, look: Look, language: str
):
    for record in records:
        page.goto(place(record, "", ""))
        follow(page, f"form[action='{place(record, 'application', 'pile')}'] button")
    look("papers")
    page.goto("/")
    look("home")
    follow(page, "a[href='/pile']")
    look("pile")
    follow(page, F4)
    expect(page.locator("[name=right]")).to_have_count(3)
    look("pile-made")
    answer = printing(page, lambda: page.click(F4), "/documents/0")
    assert answer.headers["content-type"] == "application/pdf"
    page.uncheck("[name=right] >> nth=2")
    follow(page, "form.step button.main")
    look("pile-after")
    assert [one.reference for one in pile.everything(db)] == [records[2].reference]
    assert [len(printed(db, record)) for record in records] == [1, 1, 1]


@pytest.mark.parametrize("page", [False], indirect=True)
@pytest.mark.parametrize("language", ["zh"], indirect=True)
def test_all_of_it_goes_without_script(page: Page, records: list[Application], db: Database):
    for record in records:
        page.goto(place(record, "", ""))
        page.click(f"form[action='{place(record, 'application', 'pile')}'] button")
    page.goto("/pile")
    page.click(F4)
    expect(page.locator("[name=right]")).to_have_count(3)
    assert printing(page, lambda: page.click(F4), "/documents/0").headers["content-type"] == "application/pdf"
    page.click("form.step button.main")
    expect(page.locator(".notice.good")).to_be_visible()
    assert pile.count(db) == 0


def test_a_blank_form_is_keyed_in_by_its_number(page: Page, db: Database, look: Look, clerk: Staff):
    page.goto("/blanks")
    look("blanks")
    page.fill("[name=count]", "2")
    assert printing(page, lambda: page.click(F4), "/blanks").headers["content-type"] == "application/pdf"
    page.reload()
    look("blanks-out")
    other, number = (one.reference for one in blanks.page(db, BlankState.OUT))
    page.goto("/drafts/new")
    page.click("details summary")
    page.fill("[name=number]", digits_of(number))
    look("new")
    for name in ("buyer_in_mainland", "kind", "trade_mode"):
        page.check(f"[name={name}] >> nth=0")
    follow(page, ".buttons .main")
    expect(page).to_have_url(re.compile(f"/drafts/{blanks.find(db, number).application}/policyholder$"))
    expect(page.locator("main")).to_contain_text(number)
    look("keyed-in")
    page.goto("/scans")
    page.fill("[name=code]", other.lower())
    follow(page, "button.main")
    look("scanned")
    page.goto(f"/blanks/{other}")
    look("blank")


def test_the_day_is_handed_over(page: Page, signed_in: Browser, records: list[Application], db: Database, look: Look):
    press(signed_in, records[0])
    page.goto("/handovers")
    look("handover")
    assert printing(page, lambda: page.click(F4)).headers["content-type"] == "application/pdf"
    follow(page, "button[formaction$='/pile']")
    assert pile.count(db) == 2
