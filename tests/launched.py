"""The program as `make run` starts it: both servers as real processes, in an empty folder."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
START_SECONDS = 90
PORTS = random.SystemRandom().sample(range(20_000, 32_768), 1_000)
CODE = re.compile(r"one-time set-up code\s+(\S+)")


@dataclass(frozen=True)
class Program:
    """Where the two sides answer, where they keep their data, and the two set-up codes."""

    point: str
    hub: str
    data: Path
    point_code: str
    hub_code: str

    def flask(self, app: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of the program's own commands on the same data."""
        command = [sys.executable, "-m", "flask", "--app", app, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment(self.data), capture_output=True, text=True)


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return the environment of a program that keeps its data in *data*."""
    return {**os.environ, "TSHEG_DATA": str(data), **more}


def free_port() -> int:
    """Return a port nobody listens on, each one once; whoever connects is given only higher ones by the system."""
    while True:
        port = PORTS.pop()
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def launched(data: Path) -> Iterator[Program]:
    """Start both sides and stop them as Ctrl-C would."""
    ports = {"PORT": str(free_port()), "HUB_PORT": str(free_port())}
    said = data.with_name("launcher.log")
    with said.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve"], cwd=ROOT, env=environment(data, TSHEG_SYNC_SECONDS="1", **ports),
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        codes = _codes(process, said)
        yield Program(f"http://127.0.0.1:{ports['PORT']}", f"http://127.0.0.1:{ports['HUB_PORT']}", data, *codes)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0, said.read_text()


def _codes(process: subprocess.Popen[bytes], said: Path) -> list[str]:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        codes = CODE.findall(said.read_text())
        if len(codes) == 2:
            return codes
        assert process.poll() is None, said.read_text()
        time.sleep(0.1)
    raise AssertionError(said.read_text())
