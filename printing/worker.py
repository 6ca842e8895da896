"""The process that prints: ``python -m printing.worker FOLDER`` takes papers from its input until that is closed."""

import logging
import resource
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from traceback import extract_tb
from typing import IO, Any

from printing.paper import Paper, environment
from printing.pipes import listen, send
from printing.press.faces import face
from printing.press.making import made_apart
from printing.press.platestore import Plates
from printing.render import compose, render_all

MOST_KB = 300_000
# A paper that wants more is not one of ours; the system says no before the whole machine stands still.
MOST_ADDRESSES = 2 << 30


def main(folder: Path, asked: IO[bytes], answers: IO[bytes]) -> None:
    """Print whatever is *asked* for; go home when nobody asks any more, or when too much memory has gathered.

    While nobody asks, plates are made ahead, one at a time: whoever asks then waits for one at most.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    plates = Plates(folder, made_apart)
    jobs: Queue[Any] = Queue()
    ahead: deque[tuple[Paper, str]] = deque()
    Thread(target=listen, args=(asked, jobs), daemon=True).start()
    _warm_up()
    while _peak_kb() <= MOST_KB:
        try:
            job = jobs.get(block=not ahead)
        except Empty:
            _prepare(*ahead.popleft(), plates)
            continue
        if job is None:
            return
        kind, papers, order = job
        if kind == "prepare":
            ahead.extend((paper, order) for paper in papers)
        else:
            send(answers, _printed(papers, order, plates, lambda number: send(answers, ("progress", number))))


def _prepare(paper: Paper, order: str, plates: Plates) -> None:
    try:
        compose(paper, order, plates)
    except Exception as error:  # whoever prints it hears of it
        _say("a plate could not be made", error)


def _printed(papers: list[Paper], order: str, plates: Plates, progress: Callable[[int], None]) -> tuple[str, object]:
    try:
        return "pdf", render_all(papers, order, progress, plates)
    except Exception as error:  # whatever it was, the next paper is printed
        _say("a paper could not be printed", error)
        return "failed", type(error).__name__


def _say(what: str, error: Exception) -> None:
    logging.getLogger("tsheg").error("%s: %s %s", what, type(error).__name__, _where(error))


def _peak_kb() -> int:
    """Return the most memory that this process has had; what ``getrusage`` says begins with its parent's."""
    return int(Path("/proc/self/status").read_text("ascii").split("VmHWM:")[1].split()[0])


def _where(error: Exception) -> str:
    """Return where in the program *error* happened, without what it says: that may be a person's data."""
    return " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(extract_tb(error.__traceback__))
    )


def _warm_up() -> None:
    environment()
    for tibetan in (False, True):
        for bold in (False, True):
            list(face(tibetan, bold).shape("中"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
