"""Chromium's own printing, with the fonts of papers and no others."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from printing.fonts import CONFIGURATION


@contextmanager
def printing() -> Iterator[Callable[[str], bytes]]:
    """Give a function that makes a PDF of HTML, in a browser that runs until the end."""
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(CONFIGURATION)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"], env=environment
        )
        page = browser.new_page()

        def printed(html: str) -> bytes:
            page.set_content(html)
            return page.pdf(prefer_css_page_size=True, print_background=True)

        yield printed
        browser.close()
