"""What the page says while somebody types is what the server says afterwards."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from domain import dates, identity, money
from domain.errors import FieldError
from tests.chromium import blank_page

TODAY = datetime.now(UTC).date()
SERVER: dict[str, Callable[[str], Any]] = {
    "money": money.parse_yuan,
    "date": dates.parse_date,
    "year": dates.year,
    "days": partial(dates.days, low=1, high=180),
    "mobile": identity.mobile,
    "credit_code": identity.credit_code,
    "resident_id": partial(identity.resident_id, today=TODAY),
    "old_licence": identity.old_licence,
}
SAMPLES = [
    "8,500.00", "￥８５００．５", "8500元", "-5", "1e5", "0.001", "99999999999", "1,00", "0", "",
    "2026-11-20", "2026/2/30", "20261120", "2026年1月2日", "1850-01-01", "0000-01-01", "2026", "1949年",
    "60 天", "六十", "181", "0000000060",
    "138 0000 1234", "+8613800001234", "12800001234", "(138)00001234",
    "91540234MA6T0A1B8M", "N1540234MA6T0A1B8M", "91540234MA6T0A1B8I", "9154", "91 540234 ma6t0a1b8 m",
    "540234199001010018", "542326198506150027", "542521197812030036", "540234199013010018",
    "360426199101010071", "540234299001010018",
    "540000200001234", "༥༤༠༠༠༠༢༠༠༠༠༡༢༣༤", "5400 0020 0001 234",
]  # fmt: skip
TYPED = st.text("0123456789０９༡Xx,.元¥年月日天-/ ABIMTN+()", max_size=22)
CHANGED = st.builds(
    lambda sample, at, put: sample[: at % (len(sample) + 1)] + put + sample[at % (len(sample) + 1) + 1 :],
    st.sampled_from(SAMPLES),
    st.integers(0, 30),
    st.sampled_from("0189X-. "),
)


@pytest.fixture(scope="module")
def page(running_chromium: Browser) -> Iterator[Page]:
    with blank_page(running_chromium) as page:
        page.evaluate("import('/static/js/check.js').then((module) => { window.CHECKS = module.CHECKS })")
        yield page


def by_script(page: Page, kind: str, texts: list[str]) -> list[Any]:
    said = page.evaluate(
        "([kind, texts]) => texts.map((text) => CHECKS[kind](text, { low: '1', high: '180' }))", [kind, texts]
    )
    return [(one["code"], one["values"]) if "code" in one else one["value"] for one in said]


def by_server(kind: str, text: str) -> Any:
    try:
        value = SERVER[kind](text)
    except FieldError as error:
        return error.code, error.values
    return {"year": value.year, "month": value.month, "day": value.day} if isinstance(value, date) else value


@pytest.mark.parametrize("kind", SERVER)
def test_the_page_and_the_server_say_the_same_of_samples(page: Page, kind: str) -> None:
    assert by_script(page, kind, SAMPLES) == [by_server(kind, text) for text in SAMPLES]


@pytest.mark.parametrize("kind", SERVER)
def test_the_page_and_the_server_say_the_same_of_anything_typed(page: Page, kind: str) -> None:
    @settings(max_examples=25)
    @given(st.lists(TYPED | CHANGED, min_size=20, max_size=20))
    def agree(texts: list[str]) -> None:
        assert by_script(page, kind, texts) == [by_server(kind, text) for text in texts]

    agree()


def test_amounts_read_the_same_in_capital_numerals(page: Page) -> None:
    page.evaluate("import('/static/js/money.js').then((module) => { window.MONEY = module })")

    @settings(max_examples=25)
    @given(st.lists(st.integers(0, money.HIGHEST_FEN) | st.integers(0, 10**7), min_size=20, max_size=20))
    def agree(amounts: list[int]) -> None:
        said = page.evaluate("(amounts) => amounts.map((fen) => [MONEY.inWords(fen), MONEY.formatYuan(fen)])", amounts)
        assert said == [[money.in_words(fen), money.format_yuan(fen)] for fen in amounts]

    agree()
