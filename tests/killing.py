"""Real processes that are killed with SIGKILL at any moment. One server imports everything once and forks each."""

import multiprocessing
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from random import Random
from typing import Any

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.workers"])
PATIENCE = 60


def seeded() -> Random:
    """Return the chance of this run; its seed is shown when the test fails, ``TSHEG_SEED`` sets it."""
    seed = int(os.environ.get("TSHEG_SEED", secrets.randbits(32)))
    print(f"TSHEG_SEED={seed}")
    return Random(seed)


def often(times: int) -> int:
    """Return *times*, or ``TSHEG_TIMES`` times as many: what CI does in a minute is done for long on demand."""
    return times * int(os.environ.get("TSHEG_TIMES", 1))


def figure(name: str, value: int, unit: str) -> None:
    """Say what was counted, as ``make bench`` does."""
    print(f"{name} {value} {unit}")


@dataclass
class Victim:
    """A process under way, and what it has told so far: each message left it before it went on."""

    process: ForkServerProcess
    pipe: Connection
    told: list[Any] = field(default_factory=list)

    def listen(self, seconds: float = PATIENCE) -> Any:
        """Wait for the next message and return it, or None after *seconds* or when the process has ended."""
        try:
            if not self.pipe.poll(seconds):
                return None
            self.told.append(self.pipe.recv())
        except (EOFError, OSError):
            return None
        return self.told[-1]

    def kill(self) -> list[Any]:
        """Kill it now; return everything it told in its life."""
        self.process.kill()
        self.process.join()
        while self.listen(0) is not None:
            pass
        self.pipe.close()
        return self.told


def start(work: Callable[..., None], *given: object) -> Victim:
    """Run *work* in a process of its own; its first argument is ``tell``, which sends a message here."""
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_run, args=(work, theirs, *given), daemon=True)
    process.start()
    theirs.close()
    return Victim(process, ours)


@contextmanager
def running(work: Callable[..., None], *given: object) -> Iterator[Victim]:
    """Run *work* and kill it at the end."""
    victim = start(work, *given)
    try:
        yield victim
    finally:
        if victim.process.is_alive():
            victim.kill()


def _run(work: Callable[..., None], pipe: Connection, *given: object) -> None:
    work(pipe.send, *given)
