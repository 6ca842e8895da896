"""The form on a trader's phone: first visit on an old network with empty caches, again without any, and what is sent.

Chromium with 360 by 640 pixels and a processor four times slower, at the far end of GPRS (50 and 20 kbit/s, 500 ms) and
of 2G (250 and 50 kbit/s, 300 ms), as its own throttling makes them; the point's server as production runs it. Every
count is of the language that needs more. *first* is all that comes until an application has been submitted, *receipt*
the answer and what reads it; *later* what comes beside and is not waited for: the worker's copies, the manifest, a
font. That it is not needed is shown: while the first bytes are counted, nothing of it is let through. *repeat* is all
that a visit with the worker brings until nothing more comes, but *repeat_check*: the browser asks by itself, each time,
whether the worker is still the same. *bare* is a page of one field without any line between: what this machine and
this method take by themselves.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserType, sync_playwright

from bench import lighthouse
from bench.applicant import applicant, fill
from bench.handset import GPRS, LOCALES, SECOND_GENERATION, Line, chromium, kept, never_been_here
from bench.heavy import BYTES, heavy
from bench.point import new_point
from bench.server import serving
from bench.tap import Tap, tapped

Figures = Iterator[tuple[str, float, str]]

PAGE, WORKER = "/apply", "/apply/worker.js"
LATER = ("*/afterwards.*", "*/mine?*", "*/status?*", "*/worker.js", "*.webmanifest", "*.png", "*.woff2")
TIMES = 5
LINES = {"gprs": GPRS, "2g": SECOND_GENERATION}
# A first page has one round trip of its own and one more for what it names.
ROUND_TRIPS = 2
QUIET_SECONDS = 1.5


def run() -> Figures:
    """Visit, fill in and submit in both languages; then again with what the phone has kept."""
    with ExitStack() as stack:
        settings, _ = stack.enter_context(new_point())
        port = stack.enter_context(serving(settings)).port
        with chromium() as browser:
            weights = {language: _weight(browser, port, language) for language in LOCALES}
            yield from _worst(weights)
            first = max(weight["phone.first_bytes"] for weight in weights.values())
            with heavy() as reference:
                bare = [_first_visit(browser, f"{reference}bare", "zh", None) for _ in range(TIMES)]
            yield "phone.bare_seconds", median(bare), "s"
            for name, line in LINES.items():
                yield from _times(browser, port, name, line, first)
        with sync_playwright() as playwright:
            yield from _worst({language: _again(playwright.chromium, port, language) for language in LOCALES})
        yield from lighthouse.figures(f"http://127.0.0.1:{port}{PAGE}")


def _worst(figures: dict[str, dict[str, float]]) -> Figures:
    """Yield each figure in each language, then the larger one."""
    for name in figures["zh"]:
        for language, values in figures.items():
            yield f"{name}.{language}", values[name], _unit(name)
        yield name, max(values[name] for values in figures.values()), _unit(name)


def _unit(name: str) -> str:
    return {"bytes": "bytes", "seconds": "s"}.get(name.rpartition("_")[2], "")


def _weight(browser: Browser, port: int, language: str) -> dict[str, float]:
    """Return what one visit brings and one submission sends."""
    with tapped(port) as tap, never_been_here(browser, language, service_workers="block") as phone:
        phone.refuse(LATER)
        phone.open(tap.url + PAGE)
        fill(phone.page, applicant(language))
        with phone.page.expect_response(lambda answer: answer.url.endswith("/submissions")) as answered:
            phone.page.locator("button[value=submit]:visible").click()
        if answered.value.status != 201:
            raise AssertionError(f"submission: {answered.value.status} {answered.value.text()}")
        phone.page.locator("[data-state=received]").wait_for()
        sent = next(place for place, one in enumerate(tap.exchanges) if one.line.startswith("POST "))
        first, submission, receipt = tap.exchanges[:sent], tap.exchanges[sent], tap.exchanges[sent:]
    needed = sum(exchange.down for exchange in first)
    return {
        "phone.first_bytes": needed,
        "phone.first_requests": len(first),
        "phone.submit_up_bytes": submission.up,
        "phone.receipt_bytes": sum(exchange.down for exchange in receipt),
        "phone.later_bytes": _everything(browser, port, language) - needed,
    }


def _everything(browser: Browser, port: int, language: str) -> int:
    """Return all bytes that a first visit brings until nothing more comes."""
    with tapped(port) as tap, never_been_here(browser, language) as phone:
        phone.open(tap.url + PAGE)
        _wait_for_quiet(tap)
        return tap.down


def _wait_for_quiet(tap: Tap) -> None:
    before = -1
    while before != tap.down:
        before = tap.down
        time.sleep(QUIET_SECONDS)


def _times(browser: Browser, port: int, name: str, line: Line, first: float) -> Figures:
    """Yield the median until the form can be used, and how it stands to the bare line and to a heavy page."""
    url = f"http://127.0.0.1:{port}{PAGE}"
    seconds = max(median(_first_visit(browser, url, language, line) for _ in range(TIMES)) for language in LOCALES)
    alone = line.seconds(int(first), ROUND_TRIPS)
    with heavy() as reference:
        other = _first_visit(browser, reference, "zh", line)
    yield f"phone.{name}_seconds", seconds, "s"
    yield f"phone.{name}_seconds_to_line_alone", seconds / alone, "ratio"
    yield f"phone.{name}_seconds_of_{BYTES // 1000}_kb", other, "s"
    yield f"phone.{name}_seconds_to_{BYTES // 1000}_kb", seconds / other, "ratio"


def _first_visit(browser: Browser, url: str, language: str, line: Line | None) -> float:
    with never_been_here(browser, language) as phone:
        phone.slow_down(line)
        return phone.open(url)


def _again(kind: BrowserType, port: int, language: str) -> dict[str, float]:
    """Visit once; then switch the phone on again with the line, and several times without."""
    with TemporaryDirectory(prefix="tsheg-phone-") as folder, tapped(port) as tap:
        profile, url = Path(folder), tap.url + PAGE
        with kept(kind, profile, language) as phone:
            phone.page.goto(url)
            phone.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
            _wait_for_quiet(tap)
        before = len(tap.exchanges)
        with kept(kind, profile, language) as phone:
            phone.slow_down(GPRS)
            repeat = phone.open(url)
            _wait_for_quiet(tap)
            phone.forget()
        brought = tap.exchanges[before:]
        tap.cut()
        launches = [_launch(kind, profile, language, url) for _ in range(TIMES)]
    return {
        "phone.repeat_seconds": repeat,
        "phone.repeat_bytes": sum(one.down for one in brought if one.path != WORKER),
        "phone.repeat_check_bytes": sum(one.down for one in brought if one.path == WORKER),
        "phone.offline_launch_seconds": median(launches),
    }


def _launch(kind: BrowserType, profile: Path, language: str, url: str) -> float:
    with kept(kind, profile, language) as phone:
        phone.slow_down(None)
        seconds = phone.open(url)
        phone.forget()
        return seconds
