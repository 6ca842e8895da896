"""Two PostgreSQL nodes, a primary and its standby, and the line between them; either may become the other."""

import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from scripts.postgresql import execute, owner, run
from tests.launched import free_port

HOST = "127.0.0.1"
PIECE = 64 << 10
SETTINGS = f"""
listen_addresses = '{HOST}'
unix_socket_directories = ''
shared_buffers = 16MB
max_connections = 60
autovacuum = off
wal_sender_timeout = 5s
wal_receiver_timeout = 5s
wal_retrieve_retry_interval = 100ms
"""


class Wire:
    """A line on this machine to *port*; once cut it carries nothing more, and neither end is told."""

    def __init__(self, port: int) -> None:
        self._far = port
        self._cut = threading.Event()
        self._ends: list[socket.socket] = []
        self._door = socket.create_server((HOST, 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._take, daemon=True).start()

    def cut(self) -> None:
        """Carry nothing more."""
        self._cut.set()

    def close(self) -> None:
        """Let both ends know that it is gone."""
        self.cut()
        for end in (self._door, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection((HOST, self._far))
                self._ends += [near, far]
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while (data := source.recv(PIECE)) and not self._cut.is_set():
                target.sendall(data)
        if not self._cut.is_set():
            target.close()


@dataclass(frozen=True)
class Node:
    """One server: its folder, and the port at which it is found whichever part it plays."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> URL:
        """The server's own database."""
        return URL.create("postgresql+psycopg", owner(), host=HOST, port=self.port, database="postgres")

    def begin(self, synchronous: bool) -> None:
        """Make an empty server; where *synchronous*, its commits wait until a standby has them on disk."""
        self._program("initdb", "--no-sync", "--auth=trust", "--locale=C.UTF-8")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(f"{SETTINGS}synchronous_standby_names = '{'*' if synchronous else ''}'\n")
        self.start()

    def follow(self, wire: Wire) -> None:
        """Throw away what is here and become the standby of the server at the end of *wire*."""
        if self._data.exists():
            shutil.rmtree(self._data)
        source = f"host={HOST} port={wire.port} user={owner()}"
        self._program("pg_basebackup", "--write-recovery-conf", "--checkpoint=fast", "--no-sync", f"--dbname={source}")
        self.start()

    def start(self) -> None:
        """Serve."""
        self._program("pg_ctl", "start", "--wait", f"--log={self.folder}/log", f"--options=-p {self.port}")

    def kill(self) -> None:
        """Kill the postmaster, as a power cut does."""
        os.kill(int((self._data / "postmaster.pid").read_text().split("\n", 1)[0]), signal.SIGKILL)

    def promote(self) -> None:
        """Become the primary; return when it takes writes."""
        self._program("pg_ctl", "promote", "--wait")

    def stop(self) -> None:
        """End at once, if it runs."""
        if (self._data / "postmaster.pid").exists():
            with suppress(ProcessLookupError):
                self.kill()

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _program(self, name: str, *arguments: str) -> None:
        run(self.folder, name, f"--pgdata={self._data}", *arguments)


@dataclass
class Nodes:
    """Both of them. ``url`` names both, and whoever uses it finds the primary."""

    primary: Node
    standby: Node
    wire: Wire
    url: URL

    def cut(self) -> None:
        """Let nothing more reach the standby."""
        self.wire.cut()

    def fail_over(self) -> None:
        """Kill the primary and promote the standby."""
        self.primary.kill()
        self.wire.close()
        self.standby.promote()
        self.primary, self.standby = self.standby, self.primary

    def rejoin(self) -> None:
        """Let the killed one come back as the other's standby."""
        self.wire = Wire(self.primary.port)
        self.standby.follow(self.wire)


@contextmanager
def two_nodes(synchronous: bool) -> Iterator[Nodes]:
    """Hold both, with an empty database for the hub, and remove them in the end."""
    folder = Path(tempfile.mkdtemp(prefix="tsheg-nodes-"))
    folder.chmod(0o755)
    first, second = (_node(folder / name) for name in ("a", "b"))
    wire = Wire(first.port)
    hosts = "&".join(f"host={HOST}:{node.port}" for node in (first, second))
    nodes = Nodes(first, second, wire, make_url(f"postgresql+psycopg://{owner()}@/hub?{hosts}"))
    try:
        first.begin(synchronous)
        second.follow(wire)
        execute(first.url, "CREATE DATABASE hub TEMPLATE template0")
        yield nodes
    finally:
        for node in (first, second):
            node.stop()
        nodes.wire.close()
        shutil.rmtree(folder, ignore_errors=True)


def _node(folder: Path) -> Node:
    folder.mkdir()
    shutil.chown(folder, owner())
    return Node(folder)
