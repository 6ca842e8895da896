"""Restoring in a real browser: the camera reads paper after paper by itself, files are sent one after the other."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

import imprint
from domain.words import Role
from store import journal
from tests import axe
from tests.chromium import FLAGS
from tests.clerk import hire, sit_down
from tests.film import film
from tests.imprints import entry, file, page, scanned, taken
from tests.phone import Place, place

# Those with few codes first: two of them fill what the camera sees.
ENTRIES = sorted((entry(record) for record in taken(4)), key=lambda one: len(imprint.written(one)))


def papers_filmed(folder: Path) -> Path:
    """Return a film of two papers on a desk, a little turned."""
    papers = scanned(ENTRIES[:2], 170).convert("RGB").rotate(2, expand=True, fillcolor="white")
    return film(folder, papers, (20, 20), 90)


@pytest.fixture
def point(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path) as here:
        hire(here, Role.MANAGER)
        yield here


@pytest.fixture
def manager(chromium: Browser, point: Place, tmp_path: Path) -> Iterator[Page]:
    seen = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={papers_filmed(tmp_path)}",
    ]  # fmt: skip
    with_camera = chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=[*FLAGS, *seen])
    sitting = with_camera.new_page(viewport={"width": 360, "height": 640})
    sit_down(sitting, point)
    sitting.goto(f"{point.url}/restorations")
    yield sitting
    with_camera.close()


def is_here(point: Place, number: int) -> bool:
    return journal.find(point.db, ENTRIES[number].record_id) is not None


def test_the_camera_reads_one_paper_after_the_other_and_each_once(manager: Page, point: Place) -> None:
    manager.get_by_text("用本机摄像头").click()
    expect(manager.locator("[name=done]")).to_have_count(2, timeout=30_000)
    expect(manager.locator("video")).to_be_visible()
    manager.wait_for_timeout(1500)
    assert is_here(point, 0) and is_here(point, 1)
    expect(manager.locator("#found .good")).to_have_count(1)
    assert point.db.execute("SELECT count(*) FROM journal WHERE kind = 'application'").fetchone()[0] == 2


def test_files_are_sent_one_by_one_and_what_came_of_each_is_seen(manager: Page, point: Place) -> None:
    codes = imprint.written(ENTRIES[2])
    blank = Image.new("L", (200, 200), "white")
    drawn = [page(codes[:1], 200), blank, page(codes[1:], 200), page(imprint.written(ENTRIES[3]), 200)]
    papers = dict(zip(("a.png", "b.png", "c.png", "d.png"), drawn, strict=True))
    sent: list[FilePayload] = [
        {"name": name, "mimeType": "image/png", "buffer": file(image)} for name, image in papers.items()
    ]
    manager.set_input_files("#photos", sent)
    manager.locator(".field:has(#photos) button").click()
    expect(manager.locator("#found .good")).to_have_count(2, timeout=30_000)
    expect(manager.locator(".busy")).to_be_hidden()
    expect(manager.locator("#photos-error .error")).to_have_text(
        "b.png · 没有找到打印件上的数据码。请放平、拍全、避开反光；用扫描仪时选300 dpi"
    )
    assert is_here(point, 2) and is_here(point, 3)


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_the_page_is_accessible(manager: Page, point: Place, language: str) -> None:
    manager.context.add_cookies([{"name": "lang", "value": language, "url": point.url}])
    manager.goto(f"{point.url}/restorations")
    manager.fill("#code", imprint.written(ENTRIES[0])[0])
    manager.keyboard.press("Enter")
    expect(manager.locator("#waiting .notice")).to_be_visible()
    assert axe.violations(manager) == []
