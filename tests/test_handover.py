"""The code on the phone's screen: drawn in real Chromium, read by a decoder that is not ours."""

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

import slip
from slip import digits
from tests.chromium import STATIC, blank_page
from tests.slips import PRODUCT, RECORD, likely

WORDS = {
    "label": "申请", "hint": "给柜台扫", "part": "第%(part)s张，共%(parts)s张", "next": "下一张",
    "larger": "换大一些的", "close": "关闭",
}  # fmt: skip
# A cheap phone: 720 × 1280 pixels, of which the page sees 360 × 640 and keeps 16 on each side for itself.
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2}
WIDE, LYING = ViewportSize(width=1100, height=600), ViewportSize(width=640, height=360)
DRAW = """([data, words]) => import('/static/apply/handover.js').then(({ draw }) => {
  document.body.innerHTML = '<p id="codes"></p>';
  draw(document.getElementById('codes'), Uint8Array.from(atob(data), (one) => one.charCodeAt(0)), words);
})"""


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    with blank_page(chromium, **PHONE) as page:
        page.add_style_tag(path=STATIC / "apply" / "mine.css")
        yield page


def show(page: Page, data: bytes) -> None:
    page.evaluate(DRAW, [base64.b64encode(data).decode(), WORDS])


def scanned(page: Page, folder: Path) -> str:
    """Return what zbar reads from a picture of the whole screen."""
    picture = folder / "screen.png"
    page.screenshot(path=picture)
    done = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def pixels_a_module(page: Page) -> float:
    [side, modules] = page.evaluate("(([{ width, dataset }]) => [width.baseVal.value, dataset.modules])"
                                    "(document.getElementsByTagName('svg'))")  # fmt: skip
    return float(side) * 2 / int(modules)


@pytest.mark.parametrize("size", [1, 5, 6, 7, 500, digits.MOST_BYTES, digits.MOST_BYTES + 1, 9 * digits.MOST_BYTES])
def test_the_phone_writes_the_same_frames_as_the_counter(phone: Page, size: int) -> None:
    data = bytes((place * 7919) % 256 for place in range(size))
    frames = (
        "([bytes, least]) => import('/static/apply/digits.js').then((m) => m.frames(Uint8Array.from(bytes), least))"
    )
    for least in (1, 3):
        assert phone.evaluate(frames, [list(data), least]) == digits.written(data, least)


@pytest.mark.parametrize(("buyers", "long", "least"), [(1, False, 6), (5, True, 4)])
def test_a_realistic_application_is_one_code_that_zbar_reads(phone: Page, tmp_path, buyers, long, least) -> None:
    data = slip.write(RECORD, "bo", *PRODUCT, likely(buyers, long=long))
    show(phone, data)
    assert [scanned(phone, tmp_path)] == digits.written(data)
    assert pixels_a_module(phone) >= least
    assert pixels_a_module(phone).is_integer()
    expect(phone.get_by_text("下一张")).to_be_hidden()


def test_the_fullest_code_still_has_four_pixels_a_module(phone: Page, tmp_path: Path) -> None:
    data = bytes((place * place * 7919 + place) % 251 for place in range(digits.MOST_BYTES))
    show(phone, data)
    assert [scanned(phone, tmp_path)] == digits.written(data)
    assert pixels_a_module(phone) == 4


def test_a_longer_one_steps_through_its_codes_by_touch(phone: Page, tmp_path: Path) -> None:
    data = bytes((place * place * 7919 + place) % 251 for place in range(2 * digits.MOST_BYTES + 1))
    show(phone, data)
    held: list[digits.Part] = []
    for number in (1, 2, 3):
        expect(phone.get_by_role("status")).to_have_text(f"第{number}张，共3张")
        (part,) = digits.parts(scanned(phone, tmp_path))
        held = digits.together(held, part)
        phone.get_by_text("下一张").click()
    assert digits.joined(held) == data
    expect(phone.get_by_role("status")).to_have_text("第1张，共3张")


def test_larger_codes_are_there_for_a_gun_that_reads_nothing_small(phone: Page, tmp_path: Path) -> None:
    data = slip.write(RECORD, "zh", *PRODUCT, likely(5, long=True))
    show(phone, data)
    before = pixels_a_module(phone)
    phone.get_by_text("换大一些的").click()
    assert pixels_a_module(phone) > before
    assert digits.parts(scanned(phone, tmp_path))[0].parts == 3
    phone.get_by_text("换大一些的").click()
    assert pixels_a_module(phone) == before


def test_closing_leaves_the_page_as_it_was(phone: Page) -> None:
    show(phone, slip.write(RECORD, "zh", *PRODUCT, likely()))
    phone.get_by_text("关闭").click()
    expect(phone.locator("dialog")).to_have_count(0)


def test_a_code_is_never_larger_than_the_screen(phone: Page, tmp_path: Path) -> None:
    data = slip.write(RECORD, "zh", *PRODUCT, likely())
    for screen in (WIDE, LYING):
        phone.set_viewport_size(screen)
        show(phone, data)
        phone.locator("svg").scroll_into_view_if_needed()
        assert [scanned(phone, tmp_path)] == digits.written(data)
