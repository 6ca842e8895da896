"""What really goes over the wire (线路计数): every request with its answer, all bytes of both, headers included."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"
PIECE = 65_536


@dataclass
class Exchange:
    """One request and its answer on a kept connection: the request line, bytes *up* and bytes *down*."""

    line: str
    up: int = 0
    down: int = 0

    @property
    def path(self) -> str:
        """The path that was asked for, without the query."""
        return self.line.split(" ")[1].partition("?")[0]


@dataclass
class Tap:
    """Carries connections to *port* on this machine and writes down what passes."""

    port: int
    exchanges: list[Exchange] = field(default_factory=list)
    listener: socket.socket = field(default_factory=lambda: socket.create_server((HOST, 0)))
    connections: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The near end."""
        return f"http://{HOST}:{self.listener.getsockname()[1]}"

    @property
    def down(self) -> int:
        """Bytes that came down so far."""
        return sum(one.down for one in self.exchanges)

    def accept(self) -> None:
        """Carry connections until the line is cut."""
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.create_connection((HOST, self.port))
                self.connections += [near, far]
                passing: list[Exchange] = []
                threading.Thread(target=self._up, args=(near, far, passing), daemon=True).start()
                threading.Thread(target=_down, args=(far, near, passing), daemon=True).start()

    def cut(self) -> None:
        """Cut the line: nothing passes any more, and nobody gets through again."""
        for one in (self.listener, *self.connections):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _up(self, near: socket.socket, far: socket.socket, passing: list[Exchange]) -> None:
        # Browsers do not send a request on a connection before the answer to the last one is there.
        with suppress(OSError):
            while data := near.recv(PIECE):
                if not passing or passing[-1].down:
                    passing.append(Exchange(data.partition(b"\r\n")[0].decode("latin-1")))
                    self.exchanges.append(passing[-1])
                passing[-1].up += len(data)
                far.sendall(data)
            far.shutdown(socket.SHUT_WR)


def _down(far: socket.socket, near: socket.socket, passing: list[Exchange]) -> None:
    with suppress(OSError):
        while data := far.recv(PIECE):
            passing[-1].down += len(data)
            near.sendall(data)
        near.shutdown(socket.SHUT_WR)


@contextmanager
def tapped(port: int) -> Iterator[Tap]:
    """Hold a line to *port* on which everything is counted."""
    tap = Tap(port)
    threading.Thread(target=tap.accept, daemon=True).start()
    try:
        yield tap
    finally:
        tap.cut()
