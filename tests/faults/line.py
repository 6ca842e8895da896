"""Lines to the hub as there are beyond the pass (坏线路): each request meets one fault, drawn by a seed.

A second in the field is a thirtieth of a second here, so that hours of waiting pass in a minute.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar

from tests.faults import kinds
from tests.faults.call import HOST, Call, Heard

FASTER = 30
PATIENCE = 1000
T = TypeVar("T")


@dataclass
class Line:
    """The line of one point: what was said on it, and what comes over it next."""

    code: str
    hub_port: int
    chance: Random
    heard: dict[str, Heard]
    faults: dict[str, kinds.Fault]
    met: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def __post_init__(self) -> None:
        self.heard[self.code] = Heard()
        self.ahead: list[str] = []
        self.under_way: set[asyncio.Task[None] | None] = set()

    def _next(self) -> str:
        # A deck, not a die: every fault comes as often as every other.
        if not self.ahead:
            self.ahead = list(self.faults)
            self.chance.shuffle(self.ahead)
        return self.ahead.pop()

    async def listen(self) -> asyncio.Server:
        """Take connections of the point from now on."""
        server = await asyncio.start_server(self._take, HOST, 0)
        self.url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
        return server

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.under_way.add(asyncio.current_task())  # the loop itself would forget it
        try:
            while not writer.is_closing():
                name = self._next()
                call = Call(reader, writer, self.hub_port, self.chance, self.heard, self.code, FASTER)
                await call.begins()
                self.met[name] += 1
                await self.faults[name](call)
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self.under_way.discard(asyncio.current_task())


@contextmanager
def bad_lines(hub_port: int, codes: list[str], seed: int, faults: dict[str, kinds.Fault]) -> Iterator[dict[str, Line]]:
    """Hold a line open for each of *codes*; the same seed brings a point the same faults in the same order."""
    heard: dict[str, Heard] = {}
    lines = {code: Line(code, hub_port, Random(f"{seed} {code}"), heard, faults) for code in codes}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="lines", daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result()

    servers = [run(line.listen()) for line in lines.values()]
    try:
        yield lines
    finally:
        run(_silence(servers))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _silence(servers: list[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    await asyncio.sleep(0.05)  # who is just being let in must come to a task of ours, or nobody closes that end
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    transports: Any = vars(asyncio.get_running_loop())["_transports"]
    for _ in range(PATIENCE):
        if not any(vars(one)["_sock"] for one in list(transports.values())):
            return  # what was closed is let go by the loop, a little later
        await asyncio.sleep(0.01)
