"""Three thousand points come back in the same second, each with a few applications, to a hub process for each core.

The processes are those of production, behind them one PostgreSQL; the points divide among them, and a hundred
share an address. Each goes on as a real one does: until nothing is left both ways, and after 429, 503 or no
answer it waits as long as it was told and as the point's own back-off says. Any other answer ends the
measurement. In the end the journal is counted: every application is there, once.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from time import perf_counter

from sqlalchemy import distinct, func, select

from bench.ingest import hub
from bench.sender import Sender, enrol, senders
from bench.server import HOST, HUB, serving
from hub.installation import Installation
from hub.store import tables
from hub.store.engine import read
from scripts import postgresql
from settings import Settings
from sync.background import pause
from sync.transport import Http

POINTS, APPLICATIONS, SHARE_AN_ADDRESS = 3000, 3, 100
UNANSWERED = 0
REQUEST = (
    "POST /exchange HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/octet-stream\r\n"
    "Content-Length: {length}\r\nConnection: close\r\n\r\n"
)
chance = Random(1)


def run() -> Iterator[tuple[str, float, str]]:
    """Let them all come, and count the seconds until the last of them has nothing left."""
    with ExitStack() as stack:
        url = stack.enter_context(postgresql.database())
        here = stack.enter_context(hub(url))
        herd = senders(POINTS)
        enrol(here, herd)
        # Packed beforehand: three thousand points have as many processors.
        messages = [one.message(here.name, one.write(APPLICATIONS, seed)) for seed, one in enumerate(herd)]
        point = Settings(data=here.settings.data.with_name("point"))
        server = url.render_as_string(hide_password=False)
        workers = [
            stack.enter_context(serving(point, HUB, TSHEG_HUB_DATABASE=server)) for _ in range(os.cpu_count() or 1)
        ]
        line = Line(here, [worker.port for worker in workers])
        seconds = asyncio.run(line.drain(herd, messages))
        megabytes = max(worker.megabytes for worker in workers)
        _require_whole(here)
    yield f"hub.herd_{POINTS}_seconds", seconds, "s"
    yield f"hub.herd_{POINTS}_put_off", line.answers[429] + line.answers[503], "count"
    yield f"hub.herd_{POINTS}_unanswered", line.answers[UNANSWERED], "count"
    yield "hub.memory_mb", megabytes, "MB"


class Line:
    """The way to the hub's processes, and how often each status came back."""

    def __init__(self, here: Installation, ports: Sequence[int]) -> None:
        self.here = here
        self.ports = ports
        self.answers: Counter[int] = Counter()

    async def drain(self, herd: Sequence[Sender], messages: Sequence[bytes]) -> float:
        """Let all points come within one second; return the seconds until all of them are done."""
        started = perf_counter()
        await asyncio.gather(*map(self._drain, range(len(herd)), herd, messages))
        return perf_counter() - started

    async def _drain(self, n: int, one: Sender, message: bytes) -> None:
        await asyncio.sleep(chance.random())
        acknowledged, failures, moved = False, 0, True
        while moved:
            said = await self._ask(n, message)
            self.answers[said.status] += 1
            if said.status not in (200, 429, 503, UNANSWERED):
                raise AssertionError(f"status {said.status}")
            if said.status != 200:
                failures += 1
                await asyncio.sleep(said.retry_after * chance.uniform(1, 1.2) + pause(Settings.sync_seconds, failures))
                continue
            answer = one.open(said.body, self.here.name, self.here.key.public)
            acknowledged = acknowledged or (answer.header.ack is not None and answer.header.ack.seq == one.seq)
            if not acknowledged:
                raise AssertionError("not received")
            message, failures, moved = one.message(self.here.name, []), 0, bool(answer.entries)

    async def _ask(self, n: int, message: bytes) -> "Said":
        try:
            return await asyncio.wait_for(self._post(n, message), Http.read_seconds)
        except (OSError, TimeoutError):
            return Said(UNANSWERED)

    async def _post(self, n: int, message: bytes) -> "Said":
        address = (f"127.0.1.{n // SHARE_AN_ADDRESS + 1}", 0)
        reader, writer = await asyncio.open_connection(HOST, self.ports[n % len(self.ports)], local_addr=address)
        try:
            writer.write(REQUEST.format(host=HOST, length=len(message)).encode() + message)
            return Said.read(await reader.read())
        finally:
            writer.close()


@dataclass(frozen=True)
class Said:
    """An HTTP answer; *retry_after* is in seconds."""

    status: int
    retry_after: int = 0
    body: bytes = b""

    @classmethod
    def read(cls, data: bytes) -> "Said":
        """Take an answer apart; one that was cut off is none."""
        head, _, body = data.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        if not status or len(body) != int(headers.get("content-length", -1)):
            return cls(UNANSWERED)
        return cls(int(status.split()[1]), int(headers.get("retry-after", 0)), body)


def _require_whole(here: Installation) -> None:
    journal, application = tables.entry, tables.application
    query = select(func.count(), func.count(distinct(journal.c.record_id))).where(journal.c.kind == "application")
    with read(here.engine) as connection:
        entries, records = connection.execute(query).one()
        judged = connection.scalar(select(func.count()).select_from(application))
    if {entries, records, judged} != {POINTS * APPLICATIONS}:
        raise AssertionError(f"{entries} entries of {records} records, {judged} judged")
