"""The process that prints: ``python -m printing.worker FOLDER`` takes papers from its input until that is closed."""

import logging
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import IO

from printing.paper import Paper, environment
from printing.press.faces import face
from printing.press.platestore import Plates
from printing.render import render_all
from printing.workshop import receive, send

MOST_KB = 300_000
# A paper that wants more is not one of ours; the system says no before the whole machine stands still.
MOST_ADDRESSES = 2 << 30


def main(folder: Path, asked: IO[bytes], answers: IO[bytes]) -> None:
    """Print whatever is *asked* for; go home when nobody asks any more, or when too much memory has gathered."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    plates = Plates(folder)
    _warm_up()
    while job := receive(asked):
        papers, order = job
        send(answers, _printed(papers, order, plates, lambda number: send(answers, ("progress", number))))
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MOST_KB:
            return


def _printed(papers: list[Paper], order: str, plates: Plates, progress: Callable[[int], None]) -> tuple[str, object]:
    try:
        return "pdf", render_all(papers, order, progress, plates)
    except Exception as error:  # whatever it was, the next paper is printed
        logging.getLogger("tsheg").error("a paper could not be printed: %s %s", type(error).__name__, _where(error))
        return "failed", type(error).__name__


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
