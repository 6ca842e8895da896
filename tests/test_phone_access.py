"""The public pages for everybody: WCAG 2.2 AA, large text, thumbs, keyboards, readers, no script, no motion."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page

from bench.applicant import applicant, fill, fill_group, go_on, shown
from store import applications
from store.connection import connect
from tests import measured
from tests.axe import violations
from tests.chromium import follow
from tests.public import Point, phone, public_pages, public_point

LANGUAGES = ("zh", "bo")
GROUPS = ["start", "policyholder", "buyers-0", "business", "cover", "declarations", "review"]
NEXT = ".bar button[value=next]"


@pytest.fixture(scope="module")
def point() -> Iterator[Point]:
    with public_point() as point:
        yield point


@pytest.fixture(params=LANGUAGES)
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    with phone(chromium, request.param) as page:
        yield page


# Where the words are longest; which language it is makes no other difference there.
in_tibetan = pytest.mark.parametrize("page", ["bo"], indirect=True)


@pytest.fixture
def without_our_script(page: Page) -> Page:
    """The page as it is without script; axe-core, being script itself, can still look at it."""
    page.route("**/*.js", lambda route: route.abort())
    return page


def groups(page: Page, point: Point) -> Iterator[str]:
    """Yield at every group of the form: as it comes, after going on without an answer, and at the review."""
    page.goto(f"{point.url}/apply")
    page.wait_for_load_state("networkidle")
    seen = []
    while (group := shown(page)) != "review":
        seen.append(group)
        yield group
        page.locator(NEXT).click()
        page.locator(".error:visible").first.wait_for()
        yield f"{group}, unanswered"
        fill_group(page, applicant("1"))
        go_on(page, group)
    assert [*seen, "review"] == GROUPS
    yield "review"


def enlarge(page: Page) -> None:
    """Set the browser's own text size to twice the usual, as its user would."""
    sizes = {"standard": 32, "fixed": 26}
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": sizes})


def test_there_are_public_pages_to_look_at(point: Point) -> None:
    assert {"/apply", "/apply/mine", "/apply/status"} <= set(public_pages(point.app))


def test_axe_finds_nothing_on_any_public_page(page: Page, point: Point) -> None:
    found = {}
    for address in public_pages(point.app):
        page.goto(point.url + address)
        found[address] = violations(page)
    assert not any(found.values()), found


def test_axe_finds_nothing_in_any_group_with_or_without_mistakes(page: Page, point: Point) -> None:
    found = {group: violations(page) for group in groups(page, point)}
    assert not any(found.values()), found


def test_axe_finds_nothing_in_any_group_without_our_script(without_our_script: Page, point: Point) -> None:
    found = {group: violations(without_our_script) for group in groups(without_our_script, point)}
    assert not any(found.values()), found


@in_tibetan
def test_everything_to_press_is_large_and_read_from_top_to_bottom(page: Page, point: Point) -> None:
    for group in groups(page, point):
        assert measured.small_targets(page) == [], group
        assert measured.small_links(page) == [], group
        assert measured.lost(page) == [], group
        assert measured.out_of_order(page) == [], group


@in_tibetan
def test_nothing_is_lost_when_text_is_twice_as_large(page: Page, point: Point) -> None:
    enlarge(page)
    for group in groups(page, point):
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32, group
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), group
        assert measured.lost(page) == [], group
        assert measured.out_of_order(page) == [], group


@in_tibetan
def test_the_tab_key_goes_from_top_to_bottom_and_shows_where_it_is(page: Page, point: Point) -> None:
    for group in groups(page, point):
        stops = measured.stops(page)
        tops = [stop["top"] for stop in stops if not stop["inBar"]]
        assert all(after > before - 24 for before, after in pairwise(tops)), (group, stops)
        assert [stop["name"] for stop in stops if stop["covered"] or not stop["ringed"]] == [], group
        assert any(stop["inBar"] for stop in stops), group


@in_tibetan
def test_whoever_goes_on_is_at_the_heading_of_the_next_group(page: Page, point: Point) -> None:
    for group in groups(page, point):
        if group == "start":
            assert page.evaluate("document.activeElement === document.body")
        elif "unanswered" not in group:
            assert page.evaluate("document.activeElement.closest('.group')?.id") == group
            assert page.evaluate("document.activeElement.tagName") == "H1", group


@in_tibetan
def test_what_is_wrong_is_tied_to_its_field_and_comes_into_focus(page: Page, point: Point) -> None:
    for group in groups(page, point):
        if "unanswered" in group:
            at_fault = page.evaluate_handle("document.activeElement.closest('fieldset') ?? document.activeElement")
            assert at_fault.evaluate("one => one.ariaInvalid") == "true", group
            error = at_fault.evaluate("one => one.getAttribute('aria-describedby')")
            assert page.locator(f"[id='{error}']").inner_text().strip(), group


def test_other_public_pages_are_as_large_and_hold_larger_text(page: Page, point: Point) -> None:
    for address in public_pages(point.app):
        page.goto(point.url + address)
        assert measured.small_targets(page) == [], address
        assert measured.small_links(page) == [], address
    enlarge(page)
    for address in public_pages(point.app):
        page.goto(point.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert measured.lost(page) == [], address


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_application_is_submitted_without_any_script(chromium: Browser, point: Point, language: str) -> None:
    with phone(chromium, language, java_script_enabled=False) as page:
        page.goto(f"{point.url}/apply")
        fill(page, answers := applicant(f"-{language}"))
        follow(page, "button[value=submit]:visible")
        text = page.locator("main").inner_text()
    db = connect(point.settings.database)
    (line,) = [line for line in applications.page(db) if line.reference in text]
    assert line.policyholder == answers["policyholder-name"]
    db.conn.close()


def test_nothing_moves_for_those_who_asked_for_no_motion(chromium: Browser, point: Point) -> None:
    with phone(chromium, "zh", reduced_motion="reduce") as page:
        for group in groups(page, point):
            assert page.evaluate("document.getAnimations().length") == 0, group
            assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto", group


def test_without_script_it_is_the_server_that_gives_the_id(chromium: Browser, point: Point) -> None:
    with phone(chromium, "zh", java_script_enabled=False) as page:
        page.goto(f"{point.url}/apply")
        assert page.locator("[name=id]").input_value() == ""
        follow(page, NEXT)
        assert page.locator("[name=id]").input_value() != ""
