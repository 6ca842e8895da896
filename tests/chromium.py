"""A real Chromium, started once in each process of the tests; whoever looks on sits in a context of their own.

A click comes back before the page it leads to is there: go on with ``follow``, or ask with ``expect``, which waits.
"""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
SITE = "http://tsheg.test"
# The address bar's two pop-ups are pages of their own, loaded with every window: most of what a window costs.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup"
).split()
# The project's own fonts: a picture is the same on a machine that has none.
FONTS: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(ROOT / "printing/fonts/fonts.conf")}

# Milliseconds; what is right is there at once, and a busy machine may take its time.
expect.set_options(timeout=30_000)


@contextmanager
def launched_chromium() -> Iterator[Browser]:
    """Start it; a process may hold one at a time, so tests take the fixture ``chromium``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS, env=FONTS)
        yield browser
        browser.close()


def without_tibetan(folder: Path) -> dict[str, str | float | bool]:
    """Return the environment of a phone whose only font, kept in *folder*, is a Chinese one."""
    shutil.copy(ROOT / "printing/fonts/han-400.otf", folder)
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>", "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(fonts)}


def follow(page: Page, what: str) -> None:
    """Click *what* and wait until the page it leads to is there and its scripts have run."""
    with page.expect_navigation():
        page.click(what)


@contextmanager
def blank_page(chromium: Browser, **screen: Any) -> Iterator[Page]:
    """Open a blank page on a *screen* as Playwright describes one; only the project's own static files are there."""
    page = chromium.new_page(**screen)
    page.route("**/*", _answer)
    page.goto(SITE)
    yield page
    page.close()


def _answer(route: Route) -> None:
    file = STATIC / route.request.url.removeprefix(f"{SITE}/static/")
    if file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
    else:
        route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html")
