"""Only one exchange at a time on this machine, whoever starts it; the lock dies with its holder."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.errors import ExchangeFailed

PAUSE = 0.05


@contextmanager
def only_one(path: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock file *path*; raise ExchangeFailed when another holds it for longer than *wait_seconds*."""
    give_up = time.monotonic() + wait_seconds
    with path.open("ab") as file:
        while not _taken(file.fileno()):
            if time.monotonic() >= give_up:
                raise ExchangeFailed("sync.running")
            time.sleep(PAUSE)
        yield


def is_held(path: Path) -> bool:
    """Say whether an exchange is under way."""
    try:
        with only_one(path):
            return False
    except ExchangeFailed:
        return True


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
