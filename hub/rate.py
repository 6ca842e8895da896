"""How often one address, or one point, may ask: so many a minute, counted in this process alone."""

import threading
import time
from collections.abc import Callable

WINDOW = 60


class Rate:
    """Requests by who asks in the current minute; forgotten with it, so memory holds one minute's callers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._window = 0
        self._seen: dict[str, int] = {}

    def count(self, who: str) -> None:
        """Count one request of *who*."""
        with self._lock:
            self._turn()
            self._seen[who] = self._seen.get(who, 0) + 1

    def wait(self, who: str, most: int) -> int:
        """Return 0, or, where *most* requests of *who* were counted, the seconds until it may ask again."""
        with self._lock:
            passed = self._turn()
            return WINDOW - int(passed) if self._seen.get(who, 0) >= most else 0

    def _turn(self) -> float:
        window, passed = divmod(self._clock(), WINDOW)
        if window != self._window:
            self._window, self._seen = int(window), {}
        return passed
