"""The primary dies under load and its standby takes over: nothing acknowledged is lost, the points recover alone.

``TSHEG_TIMES`` times in a row; every time the line between the nodes is cut a moment before.
"""

import os
import signal
import time
from collections import Counter as Counted
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

import msgspec
import pytest
from sqlalchemy import select
from sqlite_utils import Database

from app import create_app
from domain.application import PointStamp
from domain.words import PointKind
from hub.enrolment import enrol
from hub.installation import Installation, open_installation
from hub.store import journal, tables
from hub.store.engine import read
from hub.store.points import Point
from settings import Settings
from store.connection import connect, write
from sync.enrolment import read_document, take
from sync.once import exchange_once, point_key
from tests import insurer, workers
from tests.killing import PATIENCE, Victim, running, seeded
from tests.launched import free_port
from tests.nodes import Nodes, two_nodes

TIMES = int(os.environ.get("TSHEG_TIMES", "1"))
CODES = ("JL", "NM", "GB")
CALM, CUT = 1.0, 0.3
PASSING = {"ready", "", "sync.busy", "sync.weak_line", "sync.no_link"}
Places = list[tuple[str, int, bytes]]


@dataclass
class Counter:
    """A point with its own files, and the process that takes applications there and exchanges."""

    settings: Settings
    db: Database
    code: str
    process: Victim | None = None

    def held(self) -> Places:
        """Return what is in its own stream."""
        query = "SELECT epoch, seq, hash FROM journal WHERE producer = ? ORDER BY 1, 2"
        return [tuple(row) for row in self.db.execute(query, [self.code])]

    def acknowledged(self) -> int:
        """Count the entries that the hub has signed for."""
        return int(self.db.execute("SELECT total(acked) FROM mark").fetchone()[0])

    def answers(self) -> set[int]:
        """Return how many decisions its applications have, each number once."""
        query = (
            "SELECT (SELECT count(*) FROM decision WHERE decision.application = application.record_id) FROM application"
        )
        return {row[0] for row in self.db.execute(query)}

    def next_success(self, after: float) -> float:
        """Wait for an exchange that went through after the moment *after*; return when it ended."""
        assert self.process
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            told = self.process.listen()
            if told and told[1] == "" and told[0] > after:
                return float(told[0])
        pytest.fail(f"{self.code} did not recover: {self.process.told[-3:]}")


@dataclass
class County:
    """Both nodes, the hub's workers on them, and the points that send through either."""

    nodes: Nodes
    hub: Installation
    counters: list[Counter]
    chance: Random
    died: float = 0

    def fail_over(self) -> int:
        """Let the primary die and its standby take over; return how many acknowledged entries that one lacks."""
        time.sleep(self.chance.uniform(0, CALM))
        self.nodes.cut()
        time.sleep(self.chance.uniform(0, CUT))
        self.died = time.monotonic()
        self._points(signal.SIGSTOP)
        self.nodes.fail_over()
        lost = sum(self._missing(counter) for counter in self.counters)
        self._points(signal.SIGCONT)
        return lost

    def recover(self) -> float:
        """Let the one that died come back as the standby; return the seconds until every point got through again."""
        self.nodes.rejoin()
        return max(counter.next_success(self.died) for counter in self.counters) - self.died

    def at_the_hub(self, code: str) -> Places:
        """Return what the hub holds of a point's stream."""
        entry = tables.entry.c
        query = select(entry.epoch, entry.seq, entry.hash).where(entry.point == code, entry.producer == code)
        with read(self.hub.engine) as connection:
            return sorted(tuple(row) for row in connection.execute(query))

    def _missing(self, counter: Counter) -> int:
        return len(set(counter.held()[: counter.acknowledged()]) - set(self.at_the_hub(counter.code)))

    def _points(self, signal_: signal.Signals) -> None:
        for counter in self.counters:
            assert counter.process and counter.process.process.pid
            os.kill(counter.process.process.pid, signal_)


@pytest.fixture
def county(tmp_path: Path, synchronous: bool) -> Iterator[County]:
    with two_nodes(synchronous) as nodes, ExitStack() as running_:
        folder = tmp_path / "hub"
        hub = insurer.with_product(open_installation(insurer.settings(folder, nodes.url)))
        ports = [free_port() for _ in range(2)]
        counters = [_counter(hub, code, tmp_path, ports[i % 2]) for i, code in enumerate(CODES)]
        for port in ports:
            running_.enter_context(running(workers.serve_hub_on, folder, port, nodes.url)).listen()
        for counter in counters:
            counter.process = running_.enter_context(running(workers.exchange_by_the_clock, counter.settings.data))
            counter.next_success(0)
        yield County(nodes, hub, counters, seeded())
        hub.engine.dispose()


def _counter(hub: Installation, code: str, folder: Path, port: int) -> Counter:
    settings = Settings(data=folder / code, disk_reserve=0)
    create_app(settings)
    db = connect(settings.database)
    stamp = PointStamp(code=code, name=f"示例服务点{code}", kind=PointKind.COOPERATIVE)
    key = point_key(settings.keys).public
    document = enrol(hub, Point(stamp, "540234", ""), key, f"http://127.0.0.1:{port}")
    with write(db):
        take(db, read_document(msgspec.json.encode(document)))
    return Counter(settings, db, code)


@pytest.mark.parametrize("synchronous", [True])
def test_with_a_synchronous_standby_nothing_acknowledged_is_lost_or_doubled(county: County):
    seconds = []
    for _ in range(TIMES):
        assert county.fail_over() == 0
        seconds.append(county.recover())
    batches = 0
    for counter in county.counters:
        assert counter.process
        problems = Counted(problem for _, problem in counter.process.kill())
        assert problems.keys() <= PASSING
        batches += problems[""]
        assert exchange_once(counter.db, counter.settings.keys).complete
        assert county.at_the_hub(counter.code) == sorted(counter.held())
        assert counter.answers() == {1}
    with read(county.hub.engine) as connection:
        assert journal.verify(connection) is None
    print(f"failover.times {TIMES}, batches acknowledged {batches}, lost 0, doubled 0")
    print("failover.seconds " + " ".join(f"{one:.1f}" for one in sorted(seconds)))


@pytest.mark.parametrize("synchronous", [False])
def test_without_one_the_same_blow_loses_what_was_acknowledged(county: County):
    county.nodes.cut()
    for _ in range(2):  # the first may have been under way
        county.counters[0].next_success(time.monotonic())
    lost = county.fail_over()
    print(f"failover.lost_without {lost} entries")
    assert lost > 0
