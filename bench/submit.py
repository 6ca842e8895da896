"""Submitting: checked, completed and durable, beside bare durable inserts of the same bytes in the same file system."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from statistics import median
from typing import TypeVar

from sqlite_utils import Database

from bench.point import CLERK, PRODUCT, completed, new_point
from demo.applications import applications
from domain.application import Application
from domain.canonical import canonical
from domain.check import whole
from store import submissions
from store.clock import today
from store.connection import connect, write

ROUNDS = 30
PER_ROUND = 50
Given = TypeVar("Given")


def run() -> Iterator[tuple[str, float, str]]:
    """Take turns, fifty a turn, so that whatever else the machine does slows both alike."""
    with new_point() as (settings, db):
        bare = connect(settings.data / "bare.db")
        bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT")
        stream = applications(PRODUCT, today(), ROUNDS * PER_ROUND)
        submitted, inserted = [], []
        for _ in range(ROUNDS):
            typed = list(islice(stream, PER_ROUND))
            bodies = [canonical(completed(application, today())) for application in typed]
            submitted.append(_per_second(lambda application: _submit(db, application), typed))
            inserted.append(_per_second(lambda body: _insert(bare, body), bodies))
        bare.conn.close()
    yield "submit.per_second", median(submitted), "1/s"
    yield "submit.bare_per_second", median(inserted), "1/s"
    ratios = (with_all / without for with_all, without in zip(submitted, inserted, strict=True))
    yield "submit.ratio_to_bare_insert", median(ratios), "ratio"


def _submit(db: Database, application: Application) -> None:
    if whole.check(application, PRODUCT, today()):
        raise AssertionError("the sample data are valid")
    submissions.submit(db, completed(application, today()), CLERK)


def _insert(db: Database, body: bytes) -> None:
    with write(db):
        db.execute("INSERT INTO bare (body) VALUES (?)", [body])


def _per_second(do: Callable[[Given], None], given: Sequence[Given]) -> float:
    started = time.perf_counter()
    for thing in given:
        do(thing)
    return len(given) / (time.perf_counter() - started)
