"""The font that a phone without Tibetan may fetch: small, whole for what we write, and made by our own script."""

import hashlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page

from scripts.phone_font import FONT, ROOT, make
from tests.public import Point, phone, public_point

MOST_BYTES = 120_000
COME = """async () => {
  while (![...document.fonts].some(font => font.status === "loaded")) await new Promise(done => setTimeout(done, 50));
}"""


def test_it_is_small_enough_for_an_old_network() -> None:
    assert FONT.stat().st_size <= MOST_BYTES - 500  # the headers of its answer


def test_it_is_what_the_script_makes_and_the_sums_say() -> None:
    made = make()
    assert FONT.read_bytes() == made
    assert f"{hashlib.sha256(made).hexdigest()}  {FONT.name}" in FONT.with_name("SHA256SUMS").read_text("ascii")


def test_it_has_every_tibetan_letter_of_the_catalogue_and_of_the_sample_product() -> None:
    written = (ROOT / "translations/bo/LC_MESSAGES/messages.po").read_text("utf-8")
    written += (ROOT / "products/sample.json").read_text("utf-8")
    tibetan = {letter for letter in written if "\u0f00" <= letter <= "\u0fff"}
    assert len(tibetan) > 50
    assert {chr(code) for code in TTFont(BytesIO(FONT.read_bytes())).getBestCmap()} >= tibetan


@pytest.fixture(scope="module")
def point() -> Iterator[Point]:
    with public_point() as point:
        yield point


def asked_for(page: Page) -> list[str]:
    """Return the list that every font asked for will be in from now on."""
    found: list[str] = []
    page.context.on("request", lambda asked: found.append(asked.url) if asked.url.endswith(".woff2") else None)
    return found


@pytest.mark.parametrize(("browser", "language"), [("running_chromium", "bo"), ("lacking_tibetan", "zh")])
def test_who_has_tibetan_or_reads_chinese_fetches_no_font(
    request: pytest.FixtureRequest, point: Point, browser: str, language: str
) -> None:
    with phone(request.getfixturevalue(browser), language, service_workers="allow") as page:
        fonts = asked_for(page)
        page.goto(f"{point.url}/apply")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.wait_for_load_state("networkidle")
        assert fonts == []
        assert page.evaluate("document.fonts.size") == 0


def test_who_lacks_it_fetches_it_once_and_has_the_letters_without_a_line_too(
    lacking_tibetan: Chromium, point: Point
) -> None:
    with phone(lacking_tibetan, "bo", service_workers="allow") as page:
        fonts = asked_for(page)
        for offline in (False, False, True):
            page.context.set_offline(offline)
            page.goto(f"{point.url}/apply")
            page.evaluate("navigator.serviceWorker.ready.then(() => null)")
            page.evaluate(COME)
        assert [url.removeprefix(point.url) for url in fonts] == [f"/static/fonts/{FONT.name}"]
        drawn = "letters => { const pen = document.createElement('canvas').getContext('2d');"
        drawn += "pen.font = '20px \"Tsheg Tibetan\"'; return pen.measureText(letters).width }"
        assert page.evaluate(drawn, "རྐྱུ") < 1.5 * page.evaluate(drawn, "ཀ")


def test_one_who_saves_data_is_not_made_to_fetch_it(lacking_tibetan: Chromium, point: Point) -> None:
    with phone(lacking_tibetan, "bo", service_workers="allow") as page:
        fonts = asked_for(page)
        page.add_init_script("Object.defineProperty(navigator.connection, 'saveData', { get: () => true })")
        page.goto(f"{point.url}/apply")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.wait_for_load_state("networkidle")
        assert fonts == []
