"""Five hundred applications over 64 kbit/s and 600 ms round trip to the hub's own process.

Every byte that goes up is counted at the line, HTTP and signatures included, and set beside what brotli's
best makes of the same records as one JSON file. The clock stops when the hub has signed for the last of them;
so many at once it judges after that, and its decisions come down with the exchange that follows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import brotli
import msgspec
from sqlite_utils import Database

from app import prepare
from bench.point import CLERK, PRODUCT, STAMP, completed
from bench.server import HUB, serving
from bench.slow_line import slow_line
from demo.applications import applications
from hub.catalogue import load
from hub.enrolment import enrol
from hub.installation import open_installation
from hub.settings import Settings as HubSettings
from hub.store.points import Point
from settings import Settings
from store import installation, submissions
from store.clock import today
from store.connection import connect, write
from sync.enrolment import read_document, take
from sync.exchange import exchange
from sync.once import point_key
from sync.transport import Http, Transport

COUNT = 500
BITS_PER_SECOND, ROUND_TRIP_SECONDS = 64_000, 0.6


@dataclass
class Counted:
    """A way to the hub, and how often it was gone there and back."""

    way: Transport
    round_trips: int = 0

    def send(self, message: bytes) -> bytes:
        """Bring *message* to the hub and its answer back."""
        self.round_trips += 1
        return self.way.send(message)


def run() -> Iterator[tuple[str, float, str]]:
    """Send them all once, as a point does that comes back after weeks without a line."""
    with enrolled_point() as (settings, db), serving(settings, HUB) as hub:
        exchange_all(db, settings, Http(f"http://127.0.0.1:{hub.port}"))
        sample = applications(PRODUCT, today(), COUNT)
        bodies = [submissions.submit(db, completed(one, today()), CLERK).body for one in sample]
        with slow_line(hub.port, BITS_PER_SECOND, ROUND_TRIP_SECONDS) as line:
            transport = Counted(Http(line.url))
            started = perf_counter()
            exchange_all(db, settings, transport)
            seconds = perf_counter() - started
            up = line.up / COUNT
    best = len(brotli.compress(b"[" + b",".join(bodies) + b"]", quality=11)) / COUNT
    yield "sync.up_bytes_per_application", up, "bytes"
    yield "sync.brotli11_bytes_per_application", best, "bytes"
    yield "sync.ratio_to_brotli11", up / best, "ratio"
    yield "sync.round_trips_500", transport.round_trips, "count"
    yield "sync.slow_link_500_seconds", seconds, "s"


@contextmanager
def enrolled_point() -> Iterator[tuple[Settings, Database]]:
    """Make a point and the hub beside it that know each other and the sample product; both go in the end."""
    with TemporaryDirectory(prefix="tsheg-bench-") as folder:
        settings = Settings(data=Path(folder) / "point")
        prepare(settings)
        here = open_installation(HubSettings(data=Path(folder) / "hub"))
        load(here, PRODUCT)
        document = msgspec.json.encode(enrol(here, Point(STAMP, "540234", ""), point_key(settings.keys).public))
        here.engine.dispose()
        db = connect(settings.database)
        with write(db):
            take(db, read_document(document))
        yield settings, db
        db.conn.close()


def exchange_all(db: Database, settings: Settings, transport: Transport) -> None:
    """Exchange until nothing is left; a figure of less would be worth nothing."""
    report = exchange(db, point_key(settings.keys), installation.get(db), transport)
    if not report.complete:
        raise AssertionError(f"the exchange stopped: {report}")
