"""Papers to the press (付印): whatever goes wrong there is said as one thing, and nothing of the paper with it."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from domain.errors import PrintFailed, TshegError, Unavailable
from printing.paper import Paper
from printing.render import render, render_all

log = logging.getLogger(__name__)
Progress = Callable[[int], None]


class Cancelled(Exception):
    """Somebody said stop; raised by a progress, it ends the work."""


def pressed(paper: Paper, order: str) -> bytes:
    """Return *paper* as PDF; raise PrintFailed."""
    with _plainly():
        return render(paper, order)


def pressed_together(papers: Sequence[Paper], order: str, progress: Progress = lambda _count: None) -> bytes:
    """Return *papers* as one PDF; raise PrintFailed, or Cancelled as *progress* does."""
    with _plainly():
        return render_all(papers, order, progress)


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise PrintFailed(error.code, **error.values) from None
    except (TshegError, Cancelled):
        raise
    except TimeoutError:
        raise PrintFailed("paper.too_slow") from None
    except Exception as error:
        # A message could hold personal data, its type cannot.
        log.error("not printed: %s", type(error).__name__)
        raise PrintFailed("paper.failed") from None
