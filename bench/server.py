"""The point's own server, or the hub's, as production runs it, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from settings import Settings

ROOT = Path(__file__).parent.parent
COMMAND = (sys.executable, "-m", "scripts.server")
POINT, HUB = "serve:create_app", "hub.serve:create_app"
HOST = "127.0.0.1"
GIVE_UP_SECONDS = 30
# Whoever measures comes more often than people do.
LIMITS = ("APPLY_PER_ADDRESS", "APPLY_PER_MOBILE", "APPLY_PER_HOUR", "APPLY_UNWORKED", "STATUS_PER_ADDRESS")
NO_LIMITS = {f"TSHEG_{name}": "1000000" for name in LIMITS}


class Server(NamedTuple):
    """A server that answers: where, in which process, and how many seconds after its start it first did."""

    port: int
    pid: int
    seconds: float

    @property
    def megabytes(self) -> float:
        """The memory that the process holds now (RSS), in units of 2**20 bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def serving(settings: Settings, factory: str = POINT, **more: str) -> Iterator[Server]:
    """Hold a server of *settings*, or the hub beside it, running from its first answer on; *more* is environment."""
    port = _free_port()
    started = time.perf_counter()
    environment = {**os.environ, **NO_LIMITS, "TSHEG_DATA": str(settings.data.parent), **more}
    child = subprocess.Popen([*COMMAND, factory, str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if child.poll() is not None or time.perf_counter() - started > GIVE_UP_SECONDS:
                raise AssertionError("the server does not come up")
            time.sleep(0.005)
        yield Server(port, child.pid, time.perf_counter() - started)
    finally:
        child.terminate()
        child.wait()


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=GIVE_UP_SECONDS)
    try:
        connection.request("GET", "/session/new")
        return connection.getresponse().status < 400
    except OSError:
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
