"""Where an application stands, asked over HTTP for references that exist and for those that do not, both wrongly.

``status.told_apart`` is how often the slower of two such answers is the one whose reference exists: 0.5 is a coin.
"""

import time
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from random import Random
from statistics import median
from urllib.parse import urlencode

from bench.fill import fill
from bench.point import new_point
from bench.server import serving
from domain.reference import reference_for
from store import applications

APPLICATIONS, WARM_UP, PAIRS = 600, 20, 500
WRONG = "0" * 16
HEAD = {"Content-Type": "application/x-www-form-urlencoded"}


def run() -> Iterator[tuple[str, float, str]]:
    """Ask in turn, in an order drawn anew for each pair, so that whatever else the machine does slows both alike."""
    with new_point() as (settings, db):
        fill(db, APPLICATIONS)
        known = [line.reference for line in applications.page(db, limit=APPLICATIONS)]
        unknown = [reference_for(f"nobody {number}", "JL", 2026) for number in range(len(known))]
        with serving(settings) as server:
            wrong, absent = _times(server.port, known, unknown)
    yield "status.wrong_ms", median(wrong), "ms"
    yield "status.unknown_ms", median(absent), "ms"
    yield "status.told_apart", told_apart(wrong, absent), "ratio"


def _times(port: int, known: list[str], unknown: list[str]) -> tuple[list[float], list[float]]:
    chance = Random(1)
    times: dict[bool, list[float]] = {True: [], False: []}
    pairs = list(zip(known, unknown, strict=True))[: WARM_UP + PAIRS]
    for pair in pairs:
        asked = list(zip((True, False), pair, strict=True))
        for exists, reference in chance.sample(asked, 2):
            times[exists].append(_milliseconds(port, reference))
    return times[True][WARM_UP:], times[False][WARM_UP:]


def _milliseconds(port: int, reference: str) -> float:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.connect()
        started = time.perf_counter()
        connection.request("POST", "/apply/status", urlencode({"reference": reference, "code": WRONG}), HEAD)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 404:
            raise RuntimeError(f"{answer.status} is not the answer to a wrong code")
        return (time.perf_counter() - started) * 1000


def told_apart(slower: list[float], faster: list[float]) -> float:
    """Return the share of pairs in which the first is the larger."""
    ordered = sorted(faster)
    return sum(bisect_left(ordered, one) for one in slower) / (len(slower) * len(ordered))
