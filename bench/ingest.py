"""The hub taking messages beside COPY of the same rows: the same server, settings, disk and minute.

A message is received as ``POST /exchange`` receives it: signature and hash chain proved, its place in the
stream found (what is held already is not stored again, what contradicts it is refused), stored and noted as
to be judged, one durable commit, a signed answer. COPY, in PostgreSQL's binary form, writes the very journal
rows that this committed into a twin of the journal with the same keys, checks and partitions, one durable
commit a message. *Judged* goes on until the product's rules have checked each of them, and decisions, policies and
the desk's lists are committed too. All of it uses one process and one connection.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from sqlalchemy import MetaData, select, text
from sqlalchemy.engine import URL

from bench.point import PRODUCT
from bench.sender import Sender, enrol
from hub import backlog
from hub.catalogue import load
from hub.exchange import exchange
from hub.installation import Installation, open_installation
from hub.settings import Settings
from hub.store import tables
from hub.store.engine import insert_all, read, write
from scripts import postgresql
from wire.entry import Entry

MESSAGES = 30
PER_MESSAGE = 100
WARM_UP = 3
TWIN = tables.entry.to_metadata(MetaData(), name="twin")
MADE = (
    "CREATE TABLE twin (LIKE entry INCLUDING ALL, FOREIGN KEY (point, producer, epoch) REFERENCES stream)"
    " PARTITION BY HASH (point)",
    *(f"CREATE TABLE twin_{n} PARTITION OF twin FOR VALUES WITH (MODULUS 8, REMAINDER {n})" for n in range(8)),
)


class Round(NamedTuple):
    """The seconds that one message took until it was acknowledged, until it was judged, and as COPY of its rows."""

    received: float
    judged: float
    copied: float


def run() -> Iterator[tuple[str, float, str]]:
    """Let a hub on each database take the same messages; on PostgreSQL, COPY the rows of each beside it."""
    with hub() as here:
        yield from _speeds("sqlite", _rounds(here))
    with postgresql.database() as url, hub(url) as here:
        rounds = _rounds(here)
    yield from _speeds("postgresql", rounds)
    yield "hub.ingest_ratio_to_copy", median(one.copied / one.received for one in rounds), "ratio"


@contextmanager
def hub(server: URL | None = None) -> Iterator[Installation]:
    """Make a hub with the sample product, on *server* or on a file of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tsheg-bench-")))
        here = open_installation(Settings(data=folder / "hub", server=server))
        stack.callback(here.engine.dispose)
        load(here, PRODUCT)
        yield here


def receive(here: Installation, sender: Sender, entries: Sequence[Entry]) -> float:
    """Let the hub receive *entries*; return the seconds until its answer, which must acknowledge them."""
    data = sender.message(here.name, entries)
    started = perf_counter()
    answer = exchange(here, data)
    seconds = perf_counter() - started
    ack = sender.open(answer.body, here.name, here.key.public).header.ack
    if ack is None or ack.seq != entries[-1].seq:
        raise AssertionError("not received")
    return seconds


def _speeds(kind: str, rounds: Sequence[Round]) -> Iterator[tuple[str, float, str]]:
    yield f"hub.ingest_per_second.{kind}", PER_MESSAGE / median(one.received for one in rounds), "1/s"
    yield f"hub.judged_per_second.{kind}", PER_MESSAGE / median(one.received + one.judged for one in rounds), "1/s"


def _rounds(here: Installation) -> list[Round]:
    sender = Sender()
    enrol(here, [sender])
    if here.settings.server:
        with write(here.engine) as connection:
            for statement in MADE:
                connection.execute(text(statement))
    return [_round(here, sender, serial) for serial in range(MESSAGES)][WARM_UP:]


def _round(here: Installation, sender: Sender, serial: int) -> Round:
    entries = sender.write(PER_MESSAGE, seed=serial)
    received = receive(here, sender, entries)
    copied = _copied(here, entries) if here.settings.server else 0.0
    started = perf_counter()
    backlog.clear(here, sender.stamp.code)
    judged = perf_counter() - started
    poll = exchange(here, sender.message(here.name, []))
    sender.open(poll.body, here.name, here.key.public)
    return Round(received, judged, copied)


def _copied(here: Installation, entries: Sequence[Entry]) -> float:
    rows = _rows(here, entries)
    started = perf_counter()
    with write(here.engine, entries[0].producer) as connection:
        insert_all(connection, TWIN, rows)
    return perf_counter() - started


def _rows(here: Installation, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    journal = tables.entry
    query = select(journal).where(
        journal.c.point == entries[0].producer, journal.c.producer == entries[0].producer,
        journal.c.seq.between(entries[0].seq, entries[-1].seq),
    )  # fmt: skip
    with read(here.engine) as connection:
        return [dict(row) for row in connection.execute(query.order_by(journal.c.seq)).mappings()]
