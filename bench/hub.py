"""The hub taking messages beside COPY of the same journal rows: the same server, settings, disk and minute.

A message is taken as ``POST /exchange`` takes it: signature, hash chain and place proved, every application
checked by the product's rules, decided or left, the decisions written for the point, one durable commit,
a signed answer. COPY writes the rows that came of it, up and down, into a table with the same keys and
partitions, one durable commit a message. Both use one process and one connection.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.engine import URL

from bench.point import CLERK, PRODUCT, STAMP, completed
from demo.applications import applications
from domain.canonical import canonical
from hub.catalogue import load
from hub.clock import now, today
from hub.enrolment import enrol
from hub.exchange import exchange
from hub.installation import Installation, open_installation
from hub.settings import Settings
from hub.store import tables
from hub.store.engine import read, write
from hub.store.points import Point
from scripts import postgresql
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place
from wire.header import Cursor
from wire.keys import SigningKey
from wire.message import open_message, pack

MESSAGES = 30
PER_MESSAGE = 100
WARM_UP = 3
JOURNAL = tables.entry
COPIED = (
    "CREATE TABLE copied (LIKE entry INCLUDING ALL) PARTITION BY HASH (point)",
    *(f"CREATE TABLE copied_{n} PARTITION OF copied FOR VALUES WITH (MODULUS 8, REMAINDER {n})" for n in range(8)),
)


def run() -> Iterator[tuple[str, float, str]]:
    """Let a hub on each database take the same messages; on PostgreSQL, COPY after each what came of it."""
    key = SigningKey.generate()
    batches = list(_batches())
    with _hub(key) as here:
        took = [seconds for seconds, _ in _taken(here, key, batches)]
    yield "hub.ingest_per_second.sqlite", PER_MESSAGE / median(took), "1/s"
    with postgresql.private(), postgresql.database() as url, _hub(key, url) as here:
        _prepare(here)
        rounds = [(seconds, _copied(here, rows)) for seconds, rows in _taken(here, key, batches)]
    yield "hub.ingest_per_second.postgresql", PER_MESSAGE / median(taking for taking, _ in rounds), "1/s"
    yield "hub.ingest_ratio_to_copy", median(copying / taking for taking, copying in rounds), "ratio"
    yield "hub.memory_mb", _megabytes(), "MB"


@contextmanager
def _hub(key: SigningKey, server: URL | None = None) -> Iterator[Installation]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tsheg-bench-")))
        here = open_installation(Settings(data=folder, server=server))
        stack.callback(here.engine.dispose)
        load(here, PRODUCT)
        enrol(here, Point(STAMP, "540234", ""), key.public)
        yield here


def _batches() -> Iterator[list[Entry]]:
    entries = _entries(MESSAGES * PER_MESSAGE)
    while batch := list(islice(entries, PER_MESSAGE)):
        yield batch


def _entries(count: int) -> Iterator[Entry]:
    prev_hash = GENESIS
    for seq, typed in enumerate(applications(PRODUCT, today(), count), start=1):
        record = completed(typed, today())
        revision = Revision(
            record_id=str(record.record_id), kind="application", revision=1, form_version=1,
            made_at=now(), made_by=CLERK, body=canonical(record),
        )  # fmt: skip
        salt = os.urandom(SALT_BYTES)
        entry = place(revision, producer=STAMP.code, epoch="0" * 16, seq=seq, prev_hash=prev_hash, salt=salt)
        prev_hash = entry.hash
        yield entry


def _taken(
    here: Installation, key: SigningKey, batches: Sequence[list[Entry]]
) -> Iterator[tuple[float, list[dict[str, Any]]]]:
    """Yield the seconds each message took, the first few left out, and the journal rows that came of it."""
    cursor, position = None, 0
    for serial, batch in enumerate(batches):
        data = pack(key, sender=STAMP.code, receiver=here.name, nonce="n", entries=batch, cursor=cursor)
        started = perf_counter()
        answer = exchange(here, data)
        seconds = perf_counter() - started
        last = open_message(answer.body, here.key.public).entries[-1]
        cursor = Cursor(epoch=last.epoch, seq=last.seq, hash=last.hash)
        with read(here.engine) as connection:
            rows = _rows(connection, position)
        position = rows[-1]["position"]
        if serial >= WARM_UP:
            yield seconds, rows


def _rows(connection: Connection, position: int) -> list[dict[str, Any]]:
    query = select(JOURNAL).where(JOURNAL.c.point == STAMP.code, JOURNAL.c.position > position)
    return [dict(row) for row in connection.execute(query.order_by(JOURNAL.c.position)).mappings()]


def _prepare(here: Installation) -> None:
    with write(here.engine) as connection:
        for statement in COPIED:
            connection.execute(text(statement))


def _copied(here: Installation, rows: list[dict[str, Any]]) -> float:
    started = perf_counter()
    with write(here.engine, STAMP.code) as connection:
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY copied ({', '.join(rows[0])}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row.values()))
    return perf_counter() - started


def _megabytes() -> float:
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
