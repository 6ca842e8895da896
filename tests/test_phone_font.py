"""The font that a phone without Tibetan may fetch: small, whole for what we write, and made by our own script."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser as Chromium

from scripts.phone_font import FONT, ROOT, make
from tests.chromium import FLAGS
from tests.public import phone, public_point

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


@pytest.fixture
def without_tibetan(running_chromium: Chromium, tmp_path: Path) -> Iterator[Chromium]:
    """A phone whose only font is a Chinese one."""
    shutil.copy(ROOT / "printing/fonts/NotoSansSC_400Regular.ttf", tmp_path)
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>", "utf-8")
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    browser = running_chromium.browser_type.launch(
        executable_path=shutil.which("chromium"), args=FLAGS, env=environment
    )
    yield browser
    browser.close()


def asked_for(chromium: Chromium, url: str, language: str) -> list[str]:
    """Return the fonts asked for by a phone that opens the form and looks at it for a while."""
    found: list[str] = []
    with phone(chromium, language, service_workers="allow") as page:
        page.context.on("request", lambda asked: found.append(asked.url) if asked.resource_type == "font" else None)
        page.goto(f"{url}/apply")
        page.evaluate("navigator.serviceWorker.ready.then(() => null)")
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready.then(() => null)")
    return found


def test_only_a_phone_without_tibetan_that_reads_tibetan_fetches_it(
    chromium: Chromium, without_tibetan: Chromium
) -> None:
    with public_point() as point:
        assert asked_for(chromium, point.url, "bo") == []
        assert asked_for(without_tibetan, point.url, "zh") == []
        assert [url.removeprefix(point.url) for url in asked_for(without_tibetan, point.url, "bo")] == [
            f"/static/fonts/{FONT.name}"
        ]


def test_the_letters_are_there_once_it_has_come_and_stay_without_a_line(without_tibetan: Chromium) -> None:
    with public_point() as point, phone(without_tibetan, "bo", service_workers="allow") as page:
        for _ in range(2):
            page.goto(f"{point.url}/apply")
            page.evaluate("navigator.serviceWorker.ready.then(() => null)")
            page.evaluate(COME)
        assert page.evaluate("caches.open('tsheg-fonts').then(kept => kept.keys()).then(kept => kept.length)") == 1
        drawn = "letters => { const pen = document.createElement('canvas').getContext('2d');"
        drawn += "pen.font = '20px \"Tsheg Tibetan\"'; return pen.measureText(letters).width }"
        assert page.evaluate(drawn, "རྐྱུ") < 1.5 * page.evaluate(drawn, "ཀ")
