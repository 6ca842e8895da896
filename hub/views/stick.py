"""Bundles on sticks (U盘数据包): take what points sent, hand out what goes back to them."""

import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

import hub.stick
import hub.stick_back
from domain.errors import FieldError
from hub import kept
from hub.stick import File, Taken
from hub.store import bundles, points
from hub.store.engine import read
from hub.views.here import here, underwriter
from wire.bundle import MOST_BYTES

stick = Blueprint("stick", __name__, url_prefix="/sticks")


@stick.get("")
def show() -> str:
    """Show the way in, the answers that can be fetched, and what was taken lately."""
    return _page()


@stick.post("")
def take() -> ResponseReturnValue:
    """Take the bundles that this browser sends, and say of each what came of it."""
    try:
        return _page(hub.stick.take_files(here(), _sent(), underwriter()))
    except FieldError as error:
        return _page(problem=error), error.status


@stick.post("/answers/<file>")
def answer(file: str) -> Response:
    """Hand out what goes back for a bundle, as things stand now."""
    name, sealed = hub.stick_back.answer(here(), file)
    return send_file(io.BytesIO(sealed), "application/octet-stream", as_attachment=True, download_name=str(name))


def _page(taken: Sequence[Taken] = (), problem: FieldError | None = None) -> str:
    with read(here().engine) as connection:
        names = {point.stamp.code: point.stamp.name for point in points.every(connection)}
        shown = {"names": names, "newest": bundles.newest(connection), "kept": kept.newest(here())}
    return render_template("hub/sticks.html", **shown, taken=taken, problem=problem)


def _sent() -> list[File]:
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise FieldError("stick.no_file")
    return [(Path(str(file.filename)).name, partial(file.stream.read, MOST_BYTES + 1)) for file in files]
