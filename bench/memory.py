"""What a process and all that it starts have in memory together, pages that they share counted once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

EVERY = 0.01  # s


@contextmanager
def watched(process: int) -> Iterator[Callable[[], float]]:
    """Watch *process*; what is yielded says how many megabytes it has had at most."""
    seen, over = [0.0], Event()

    def watch() -> None:
        while not over.wait(EVERY):
            seen.append(max(seen.pop(), sum(map(_megabytes, _family(process)))))

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield lambda: seen[0]
    finally:
        over.set()
        watcher.join()


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text("ascii").split()]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def _megabytes(process: int) -> float:
    """Return the share of *process* (PSS), 0 when it has just ended."""
    try:
        said = Path(f"/proc/{process}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in said.splitlines() if line.startswith("Pss:")), 0)
