"""Papers to the press (付印), which is a process of its own: whatever goes wrong there is said as one thing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import BoundedSemaphore

from flask import Flask, current_app

from domain.application import PointStamp
from domain.errors import PrintFailed, Unavailable
from domain.product import Product
from printing.paper import Paper
from printing.usual import usual
from printing.workshop import Workshop

Progress = Callable[[int], None]
# One that prints and two that wait: whoever waits keeps a thread of the counter, which has others to answer.
MOST_AT_THE_PRESS = 3
_patient = ContextVar("patient", default=False)


class Cancelled(Exception):
    """Somebody said stop; raised by a progress, it ends the work."""


def init_app(app: Flask) -> None:
    """Give *app* its press; the process begins with the first paper."""
    app.extensions["workshop"] = Workshop(app.config["SETTINGS"].plates)
    app.extensions["places_at_the_press"] = BoundedSemaphore(MOST_AT_THE_PRESS)


def pressed(paper: Paper, order: str) -> bytes:
    """Return *paper* as PDF; raise PrintFailed."""
    with _in_turn(), _plainly():
        return workshop().render(paper, order)


def pressed_together(papers: Sequence[Paper], order: str, progress: Progress = lambda _count: None) -> bytes:
    """Return *papers* as one PDF; raise PrintFailed, or Cancelled as *progress* does."""
    with _in_turn(), _plainly():
        return workshop().render_all(papers, order, progress)


def get_ready(product: Product, point: PointStamp, order: str) -> None:
    """Have what most applications for *product* need laid out while nobody prints; else another time."""
    wanted = (product.id, product.version, order)
    if current_app.extensions.get("laid_out") == wanted:
        return
    with suppress(Unavailable):
        workshop().prepare(list(usual(product, point)), order)
        current_app.extensions["laid_out"] = wanted


@contextmanager
def patiently() -> Iterator[None]:
    """Wait for the press as long as it takes: for threads that nobody's browser waits for."""
    before = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(before)


def workshop() -> Workshop:
    """Return the press of this point."""
    found: Workshop = current_app.extensions["workshop"]
    return found


@contextmanager
def _in_turn() -> Iterator[None]:
    places: BoundedSemaphore = current_app.extensions["places_at_the_press"]
    if not places.acquire(blocking=_patient.get()):
        raise PrintFailed("paper.busy")
    try:
        yield
    finally:
        places.release()


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise PrintFailed(error.code, **error.values) from None
