"""A page in real Chromium, served from the project's own static files; any other address is refused."""

import mimetypes
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

STATIC = Path(__file__).parent.parent / "static"
SITE = "http://tsheg.test"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def _answer(route: Route) -> None:
    file = STATIC / route.request.url.removeprefix(f"{SITE}/static/")
    if file.is_file():
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0])
    else:
        route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html")


@contextmanager
def blank_page(**screen: Any) -> Iterator[Page]:
    """Open a blank page of the site, on a *screen* as Playwright describes one."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(**screen)
        page.route("**/*", _answer)
        page.goto(SITE)
        yield page
        browser.close()
