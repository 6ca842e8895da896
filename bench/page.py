"""Pages as a clerk gets them, from a point with a thousand applications and from one with a hundred thousand.

Both are asked in turn, so that whatever else the machine does slows both alike. The plain names are
the larger point's.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import cycle, islice
from random import Random
from statistics import quantiles
from typing import NamedTuple

from sqlite_utils import Database

from bench.browser import Browser
from bench.fill import fill
from bench.point import CLERK, PIN, new_point
from bench.server import serving
from demo import numbers
from demo.names import CITIES, GIVEN, LINES, TRADES
from settings import Settings
from store import applications

SMALL, LARGE = 1_000, 100_000
WARM_UP, TIMES = 10, 250


class Click(NamedTuple):
    """A page asked for, and what is searched for on it (nothing: the page itself)."""

    path: str
    query: str = ""


Clicks = dict[str, list[Click]]


def run() -> Iterator[tuple[str, float, str]]:
    """Fill two points, then ask both for the same pages."""
    with ExitStack() as stack:
        filled = [_filled(stack, count) for count in (SMALL, LARGE)]
        small, large = (_Point(stack, settings, clicks) for settings, clicks in filled)
        ratios = []
        for page in small.clicks:
            few, many = _p95(small, large, page)
            yield f"page.{page}.p95_ms.1k", few, "ms"
            yield f"page.{page}.p95_ms", many, "ms"
            ratios.append(many / few)
        yield "page.p95_ratio_100k_to_1k", max(ratios), "ratio"


def _filled(stack: ExitStack, count: int) -> tuple[Settings, Clicks]:
    """Return a point with *count* applications, and what a clerk will ask for."""
    settings, db = stack.enter_context(new_point())
    fill(db, count)
    return settings, _clicks(db)


class _Point:
    """A served point with a clerk signed in."""

    def __init__(self, stack: ExitStack, settings: Settings, clicks: Clicks) -> None:
        self.clicks = clicks
        server = stack.enter_context(serving(settings))
        self.browser = stack.enter_context(closing(Browser(server.port)))
        self.home = self.browser.sign_in(CLERK, PIN)

    def milliseconds(self, click: Click) -> float:
        """Return how long the answer to *click* takes."""
        started = time.perf_counter()
        if click.query:
            self.browser.post(click.path, self.home, q=click.query)
        else:
            self.browser.get(click.path)
        return (time.perf_counter() - started) * 1000


def _p95(small: _Point, large: _Point, page: str) -> tuple[float, float]:
    clicks = zip(*(islice(cycle(point.clicks[page]), WARM_UP + TIMES) for point in (small, large)), strict=True)
    times = [(small.milliseconds(few), large.milliseconds(many)) for few, many in clicks][WARM_UP:]
    few, many = (quantiles(each, n=20)[-1] for each in zip(*times, strict=True))
    return few, many


def _clicks(db: Database) -> Clicks:
    lists = ("", "", "?outcome=undecided", "?outcome=accepted", _older(db))
    return {
        "home": [Click("/")],
        "list": [Click(f"/applications{query}") for query in lists],
        "search": [Click("/searches", text) for text in _searches(db)],
    }


def _older(db: Database) -> str:
    """Return the query of a page in the middle of all."""
    return f"?before={applications.page(db)[0].id // 2}"


def _searches(db: Database) -> list[str]:
    """Return what clerks type: names, initials, numbers whole and begun, references, and words that are everywhere."""
    chance = Random(1)
    newest = applications.page(db, limit=50)
    people = [given.zh for given in GIVEN]
    firms = [f"{city}示例{trade}" for city in CITIES.values() for trade in TRADES]
    return [
        text
        for line in chance.sample(newest, 20)
        for text in (
            chance.choice(people),
            chance.choice(people) + chance.choice(people),
            chance.choice(GIVEN).bo,
            chance.choice(("zxdz", "slzx", "lssl", "crzm")),
            chance.choice(firms),
            f"{chance.choice(list(CITIES.values()))} {chance.choice(LINES).name.zh}",
            numbers.mobile(chance.randrange(50)),
            f"{chance.randrange(50):04}",
            f"FP01{chance.randrange(1000):06}",
            f"FP01{chance.randrange(100):02}",
            line.reference,
            line.policyholder,
            chance.choice(("公司", "示例", "有限公司", "司", "9154")),
        )
    ]
