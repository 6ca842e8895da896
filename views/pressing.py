"""Papers to the press (付印), which is a process of its own: whatever goes wrong there is said as one thing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from flask import Flask, current_app

from domain.application import PointStamp
from domain.errors import PrintFailed, Unavailable
from domain.product import Product
from printing.paper import Paper
from printing.usual import usual
from printing.workshop import Workshop

Progress = Callable[[int], None]


class Cancelled(Exception):
    """Somebody said stop; raised by a progress, it ends the work."""


def init_app(app: Flask) -> None:
    """Give *app* its press; the process begins with the first paper."""
    app.extensions["workshop"] = Workshop(app.config["SETTINGS"].plates)


def pressed(paper: Paper, order: str) -> bytes:
    """Return *paper* as PDF; raise PrintFailed."""
    with _plainly():
        return workshop().render(paper, order)


def pressed_together(papers: Sequence[Paper], order: str, progress: Progress = lambda _count: None) -> bytes:
    """Return *papers* as one PDF; raise PrintFailed, or Cancelled as *progress* does."""
    with _plainly():
        return workshop().render_all(papers, order, progress)


def get_ready(product: Product, point: PointStamp, order: str) -> None:
    """Have what most applications for *product* need laid out while nobody prints."""
    wanted = (product.id, product.version, order)
    if current_app.extensions.get("laid_out") != wanted:
        current_app.extensions["laid_out"] = wanted
        workshop().prepare(list(usual(product, point)), order)


def workshop() -> Workshop:
    """Return the press of this point."""
    found: Workshop = current_app.extensions["workshop"]
    return found


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise PrintFailed(error.code, **error.values) from None
