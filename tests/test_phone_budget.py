"""What a trader's phone may cost (字节预算): one round trip's worth of bytes, all headers counted on the wire."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bench.applicant import applicant, fill
from bench.handset import handset, kept, options
from bench.phone import LATER, WORKER
from bench.tap import Tap, tapped
from tests import phone as pages
from tests.chromium import FONTS
from tests.public import public_point

FIRST_BYTES = 14_600
FIRST_REQUESTS = 3
SUBMIT_BYTES = 1_200
CHECK_BYTES = 700
LANGUAGES = ("zh", "bo")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with public_point() as point:
        yield int(point.url.rpartition(":")[2])


@pytest.fixture(scope="module", params=LANGUAGES)
def visit(running_chromium: Browser, port: int, request: pytest.FixtureRequest) -> Tap:
    """A first visit that ends with the receipt of an application; nothing comes but what that needs."""
    with tapped(port) as tap:
        context = running_chromium.new_context(**options(running_chromium, request.param), service_workers="block")
        phone = handset(context)
        phone.refuse(LATER)
        phone.open(f"{tap.url}/apply")
        fill(phone.page, applicant(request.param))
        phone.page.locator("button[value=submit]:visible").click()
        phone.page.locator("[data-state=received]").wait_for()
        context.close()
    return tap


def test_the_first_visit_costs_no_more_than_one_initial_window(visit: Tap) -> None:
    first = [one.line.split()[1] for one in visit.exchanges].index("/apply/submissions")
    assert first <= FIRST_REQUESTS
    assert sum(one.down for one in visit.exchanges[:first]) <= FIRST_BYTES


def test_one_submission_is_small_with_all_that_the_browser_adds(visit: Tap) -> None:
    (sent,) = [one for one in visit.exchanges if one.line.startswith("POST ")]
    assert 300 < sent.up <= SUBMIT_BYTES


def test_the_browser_counts_the_same_bytes_as_the_wire(running_chromium: Browser, port: int) -> None:
    with tapped(port) as tap:
        context = running_chromium.new_context(**options(running_chromium, "zh"), service_workers="block")
        phone = handset(context)
        phone.refuse(LATER)
        phone.open(f"{tap.url}/apply")
        context.close()
    assert sum(phone.received.values()) == tap.down


# Chinese and Tibetan, and Tibetan on a phone that has no letters for it.
@pytest.mark.parametrize(("language", "has_letters"), [("zh", True), ("bo", True), ("bo", False)])
def test_the_next_visit_costs_nothing_but_the_browser_s_own_question_for_the_worker(
    running_chromium: Browser, port: int, tmp_path: Path, no_tibetan: dict[str, Any], language: str, has_letters: bool
) -> None:
    environment, fonts = (FONTS, 0) if has_letters else (no_tibetan, 1)
    with tapped(port) as tap:
        for _ in range(2):
            first = len(tap.exchanges)
            with kept(running_chromium.browser_type, tmp_path, language, env=environment) as phone:
                look(phone.page, tap, fonts)
    (asked,) = tap.exchanges[first:]
    assert asked.path == WORKER
    assert asked.down < CHECK_BYTES


def look(page: Page, tap: Tap, fonts: int) -> None:
    """Open the form and stay until everything has come that comes by itself, last the question for the worker."""
    asked = checks(tap)
    page.goto(f"{tap.url}/apply")
    pages.until(page, "navigator.serviceWorker.ready.then(() => true)")
    pages.until(page, f"document.fonts.size === {fonts}")
    page.wait_for_load_state("networkidle")
    for _ in range(pages.PATIENCE):
        if checks(tap) > asked:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the browser never asks for the worker")


def checks(tap: Tap) -> int:
    """Return how often the browser has asked for the worker."""
    return [one.path for one in tap.exchanges].count(WORKER)
