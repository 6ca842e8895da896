"""A line as there is one beyond the pass (慢速链路): so many bits a second each way, so long to the other end."""

import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"
PIECE = 512
Parcel = tuple[float, bytes]


@dataclass
class SlowLine:
    """A line to *port* on this machine; counts the bytes that went *up* and came *down*."""

    port: int
    bits_per_second: float
    round_trip_seconds: float
    up: int = 0
    down: int = 0
    url: str = ""
    listener: socket.socket = field(default_factory=lambda: socket.create_server((HOST, 0)))

    def accept(self) -> None:
        """Carry connections until the listener is closed."""
        with suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                self._connect(near)

    def _connect(self, near: socket.socket) -> None:
        far = socket.create_connection((HOST, self.port))
        # The handshake takes a round trip; on this machine it took none.
        free = time.monotonic() + self.round_trip_seconds
        for source, target, name in ((near, far, "up"), (far, near, "down")):
            parcels: queue.Queue[Parcel] = queue.Queue()
            threading.Thread(target=self._take, args=(source, parcels, free, name), daemon=True).start()
            threading.Thread(target=_bring, args=(target, parcels), daemon=True).start()

    def _take(self, source: socket.socket, parcels: "queue.Queue[Parcel]", free: float, name: str) -> None:
        data = b"more"
        while data:
            with suppress(OSError):
                data = source.recv(PIECE)
            setattr(self, name, getattr(self, name) + len(data))
            free = max(free, time.monotonic()) + len(data) * 8 / self.bits_per_second
            parcels.put((free + self.round_trip_seconds / 2, data))
            time.sleep(max(0, free - time.monotonic()))


def _bring(target: socket.socket, parcels: "queue.Queue[Parcel]") -> None:
    with suppress(OSError):
        while True:
            due, data = parcels.get()
            time.sleep(max(0, due - time.monotonic()))
            if not data:
                target.shutdown(socket.SHUT_WR)
                return
            target.sendall(data)


@contextmanager
def slow_line(port: int, bits_per_second: float, round_trip_seconds: float) -> Iterator[SlowLine]:
    """Hold a slow line to *port* open; its ``url`` is the near end."""
    line = SlowLine(port, bits_per_second, round_trip_seconds)
    line.url = f"http://{HOST}:{line.listener.getsockname()[1]}"
    threading.Thread(target=line.accept, daemon=True).start()
    try:
        yield line
    finally:
        line.listener.close()
