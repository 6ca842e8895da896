"""Submitting beside bare durable inserts of the same bytes: the same SQLite, settings, disk and minute.

A submission is what ``store.submissions`` does: canonical bytes, the hash chain, every projection, the
search index, the draft dropped, one durable commit. *Checked* adds what comes before it: all checks of
the whole application and the quote.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from statistics import median
from time import perf_counter
from typing import NamedTuple

from sqlite_utils import Database

from bench.point import CLERK, PRODUCT, completed, new_point
from demo.applications import applications
from domain.application import Application
from domain.check import whole
from store import submissions
from store.clock import today
from store.connection import connect, write

ROUNDS = 12
PER_ROUND = 150


class Round(NamedTuple):
    """How many seconds went into each part of a round."""

    checking: float
    submitting: float
    inserting: float


def run() -> Iterator[tuple[str, float, str]]:
    """Submit and insert in turn, one by one, so that whatever else the machine does slows both alike."""
    with new_point() as (settings, db):
        bare = connect(settings.data / "bare.db")
        bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
        sample = applications(PRODUCT, today(), ROUNDS * PER_ROUND)
        rounds = [_round(db, bare, islice(sample, PER_ROUND)) for _ in range(ROUNDS)]
        bare.conn.close()
    yield "submit.per_second", median(PER_ROUND / each.submitting for each in rounds), "1/s"
    yield "submit.checked_per_second", median(PER_ROUND / (each.checking + each.submitting) for each in rounds), "1/s"
    yield "submit.bare_per_second", median(PER_ROUND / each.inserting for each in rounds), "1/s"
    yield "submit.ratio_to_bare_insert", median(each.inserting / each.submitting for each in rounds), "ratio"


def _round(db: Database, bare: Database, typed: Iterable[Application]) -> Round:
    return Round(*map(sum, zip(*(_one(db, bare, application) for application in typed), strict=True)))


def _one(db: Database, bare: Database, typed: Application) -> Round:
    started = perf_counter()
    if whole.check(typed, PRODUCT, today()):
        raise AssertionError("the sample data are valid")
    application = completed(typed, today())
    checked = perf_counter()
    body = submissions.submit(db, application, CLERK).body
    submitted = perf_counter()
    with write(bare):
        bare.execute("INSERT INTO bare (body) VALUES (?)", [body])
    return Round(checked - started, submitted - checked, perf_counter() - submitted)
