"""The work as a phone does it: in real Chromium, believed by the server, the page never standing still."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import blank_page
from wire import work

KEY = b"k" * 32
RECORD = "01936b2e-7c00-7000-8000-00000000000{}"
AT = 1_800_000_000.0
BITS = 13


@pytest.fixture(scope="module")
def page(running_chromium: Browser) -> Iterator[Page]:
    with blank_page(running_chromium) as page:
        page.evaluate("import('/static/apply/work.js').then((module) => { window.solve = module.solve })")
        yield page


@pytest.mark.parametrize("record", [RECORD.format(number) for number in range(4)])
def test_the_server_believes_what_the_browser_worked_out(page: Page, record: str) -> None:
    answer = page.evaluate("solve", {"bits": BITS, "nonce": work.nonce(KEY, record, AT)})
    assert work.is_done(KEY, record, answer, BITS, AT)


def test_it_finds_the_first_counter_that_does(page: Page) -> None:
    nonce = work.nonce(KEY, RECORD, AT)
    answer = page.evaluate("solve", {"bits": 8, "nonce": nonce})
    before = range(int(answer.rsplit(".", 1)[1]))
    assert not [counter for counter in before if work.zero_bits(f"{nonce}.{counter}") >= 8]


def test_the_page_gets_its_turn_in_between(page: Page) -> None:
    turns = page.evaluate(
        """async (task) => {
            let turns = 0;
            const timer = setInterval(() => turns++);
            await solve(task);
            clearInterval(timer);
            return turns;
        }""",
        {"bits": 15, "nonce": work.nonce(KEY, "x", AT)},
    )
    assert turns > 0
