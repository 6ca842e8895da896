"""A photograph comes in at the counter, and goes over 64 kbit/s and 600 ms round trip to the hub's own process.

Every byte of it is counted at the line, both ways, HTTP and signatures included; its record went before.
"""

import hashlib
import io
from collections.abc import Iterator
from random import Random
from time import perf_counter

from PIL import Image
from sqlite_utils import Database

from bench.point import CLERK, PRODUCT, completed
from bench.server import HUB, serving
from bench.slow_line import SlowLine, slow_line
from bench.sync import BITS_PER_SECOND, ROUND_TRIP_SECONDS, enrolled_point
from bench.sync import exchange_all as exchange
from demo.applications import applications
from domain.attachment import Attachment
from pictures import entry
from settings import Settings
from store import attachments, submissions
from store.clock import today
from sync.transport import Http
from wire.message import signed_head

MEGAPIXELS_12 = (4000, 3000)
ENTRIES = 5
SIZE = 90_000


class Way:
    """A way to the hub over *line*; ``before`` is what had travelled when the first piece left: the records."""

    def __init__(self, line: SlowLine) -> None:
        self.line = line
        self.http = Http(line.url)
        self.before = 0

    def send(self, message: bytes) -> bytes:
        """Bring *message* to the hub and its answer back."""
        if not self.before and b'"piece":' in signed_head(message):
            self.before = self.line.up + self.line.down
        return self.http.send(message)


def run() -> Iterator[tuple[str, float, str]]:
    """Take one photograph in several times, then send one of usual size."""
    file = io.BytesIO()
    Image.effect_noise(MEGAPIXELS_12, 20).convert("RGB").save(file, "JPEG", quality=90)
    started = perf_counter()
    for _ in range(ENTRIES):
        entry.take(file.getvalue(), Settings.picture_side, Settings.picture_bytes)
    yield "pictures.entry_ms", (perf_counter() - started) / ENTRIES * 1000, "ms"
    yield from _sent()


def _sent() -> Iterator[tuple[str, float, str]]:
    with enrolled_point() as (settings, db), serving(settings, HUB) as hub:
        exchange(db, settings, Http(f"http://127.0.0.1:{hub.port}"))
        (one,) = applications(PRODUCT, today(), 1)
        record = submissions.submit(db, completed(one, today()), CLERK).record_id
        exchange(db, settings, Http(f"http://127.0.0.1:{hub.port}"))
        _attach(db, record)
        with slow_line(hub.port, BITS_PER_SECOND, ROUND_TRIP_SECONDS) as line:
            way = Way(line)
            started = perf_counter()
            exchange(db, settings, way)
            seconds = perf_counter() - started
            travelled = line.up + line.down - way.before
        (there,) = attachments.of(db, record)
    if there.sync != "confirmed":
        raise AssertionError("the picture did not arrive")
    yield "pictures.slow_link_seconds", seconds, "s"
    yield "pictures.line_ratio", travelled / SIZE, "ratio"


def _attach(db: Database, record: str) -> None:
    data = Random(1).randbytes(SIZE)
    about = Attachment(
        application=record, document="invoice", sha256=hashlib.sha256(data).hexdigest(), size=SIZE,
        media_type=entry.MEDIA_TYPE, width=1200, height=1600, taken_on=today(),
    )  # fmt: skip
    attachments.add(db, about, data, CLERK)
