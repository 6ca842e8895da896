"""The counter's own camera: it looks at a phone until the code is read, with nobody pressing anything."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.chromium import FLAGS
from tests.clerk import hire, sit_down
from tests.film import film
from tests.phone import Place, place
from tests.slips import RECORD, code


def phone_filmed(folder: Path) -> Path:
    """Return a film of a phone with the code, a little turned."""
    drawn = io.BytesIO()
    segno.make_qr(code(), error="l").save(drawn, kind="png", scale=6)
    phone = Image.open(drawn).convert("RGB").rotate(4, expand=True, fillcolor="white")
    return film(folder, phone, (350, 60), 85)


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as here:
        hire(here)
        yield here


@pytest.fixture
def clerk(chromium: Browser, point: Place, tmp_path: Path) -> Iterator[Page]:
    seen = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={phone_filmed(tmp_path)}",
    ]  # fmt: skip
    with_camera = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, *seen])
    page = with_camera.new_page()
    sit_down(page, point)
    yield page
    with_camera.close()


def test_the_camera_reads_a_code_and_goes_on_by_itself(clerk: Page, point: Place) -> None:
    clerk.goto(f"{point.url}/scans")
    clerk.get_by_text("用本机摄像头").click()
    clerk.wait_for_url(f"**/drafts/{RECORD}/review")
    expect(clerk.get_by_text("投保人在手机上填的")).to_be_visible()
