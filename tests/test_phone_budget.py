"""What a trader's phone may cost (字节预算): one round trip's worth of bytes, all headers counted on the wire."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from bench.applicant import applicant, fill
from bench.handset import handset, options
from bench.phone import LATER
from bench.tap import Tap, tapped
from tests.public import public_point

FIRST_BYTES = 14_600
FIRST_REQUESTS = 3
SUBMIT_BYTES = 1_200
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
