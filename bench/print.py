"""Printing the application form, every value changed each time, beside Chromium's own printing of the same page.

*Warm* is from the record to the PDF. Chromium gets the finished HTML with the same style sheet and fonts,
in a browser that already runs; the two take turns, so that whatever else the machine does slows both alike.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from bench.point import PRODUCT, completed
from demo.applications import applications
from printing import application
from printing.fonts import CONFIGURATION
from printing.paper import Mark, Paper, render, sheets
from printing.press import STYLE
from store.clock import today

TIMES = 30
FIRST = """
from time import perf_counter
from bench.print import papers
from printing.paper import render
paper = next(papers(1))
started = perf_counter()
render(paper)
print(perf_counter() - started)
"""


class Turn(NamedTuple):
    """One form printed by both, in seconds, and the size of ours in bytes."""

    ours: float
    chromium: float
    size: int


def run() -> Iterator[tuple[str, float, str]]:
    """Print the first form of a new process, then one after another."""
    yield "print.first_ms", _first() * 1000, "ms"
    with _chromium() as page:
        _turn(next(papers(1)), page)
        turns = [_turn(paper, page) for paper in papers(TIMES)]
    yield "print.warm_ms", median(turn.ours for turn in turns) * 1000, "ms"
    yield "print.chromium_ms", median(turn.chromium for turn in turns) * 1000, "ms"
    yield "print.ratio_to_chromium", median(turn.ours / turn.chromium for turn in turns), "ratio"
    yield "print.bytes", median(turn.size for turn in turns), "bytes"


def papers(number: int) -> Iterator[Paper]:
    """Yield so many different application forms."""
    for serial, sample in enumerate(applications(PRODUCT, today(), number, seed=7)):
        yield application.paper(completed(sample, today()), PRODUCT, Mark(1, serial.to_bytes(32)))


def _turn(paper: Paper, page: Page) -> Turn:
    started = perf_counter()
    pdf = render(paper)
    printed = perf_counter()
    html = next(sheets(paper, "zh_first")).replace("<head>", f"<head><style>{STYLE.read_text('utf-8')}</style>")
    ready = perf_counter()
    page.set_content(html)
    page.pdf(prefer_css_page_size=True, print_background=True)
    return Turn(printed - started, perf_counter() - ready, len(pdf))


def _first() -> float:
    done = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, text=True, check=True)
    return float(done.stdout)


@contextmanager
def _chromium() -> Iterator[Page]:
    environment: dict[str, str | float | bool] = {**os.environ, "FONTCONFIG_FILE": str(CONFIGURATION)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"], env=environment
        )
        yield browser.new_page()
        browser.close()
