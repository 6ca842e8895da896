"""How often one address may ask: so many a minute, counted in this process alone."""

import threading
import time
from collections.abc import Callable

WINDOW = 60


class Rate:
    """Requests by address in the current minute; forgotten with it, so memory holds one minute's callers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window = 0
        self._seen: dict[str, int] = {}

    def wait(self, address: str, most: int) -> int:
        """Count a request and return 0, or the seconds until *address* may ask again."""
        window, passed = divmod(self._clock(), WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._seen = int(window), {}
            self._seen[address] = self._seen.get(address, 0) + 1
            return 0 if self._seen[address] <= most else WINDOW - int(passed)
