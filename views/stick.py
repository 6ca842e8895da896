"""By stick and by courier (U盘): out goes what waits, back comes what the insurer answered; no network needed."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from domain.errors import FieldError, NotFound, TshegError
from store import bundle_files, queue
from store.bundle_files import BundleFile
from store.connection import write
from sync import download as downloads
from sync import stick as carrying
from sync.media import Medium, media
from sync.stick_back import Came
from sync.stick_out import Written
from views.database import database, settings
from wire.bundle import MOST_BYTES

stick = Blueprint("stick", __name__, url_prefix="/sync/stick")


@stick.get("")
def show() -> str:
    """Show the sticks this machine sees, the bundles that may be fetched, and those that have not come back."""
    return _page()


@stick.post("/export")
def export() -> ResponseReturnValue:
    """Write what waits to a stick, read it back, and only then say so."""
    return _said(lambda: {"written": carrying.export(database(), settings().keys, _chosen().folder)})


@stick.post("/download")
def prepare() -> ResponseReturnValue:
    """Make the bundles ready for this browser to fetch."""
    return _said(_prepare)


@stick.post("/download/<name>")
def download(name: str) -> Response:
    """Hand a bundle to the browser, and remember that it was asked for."""
    if not any(one.name == name for one in _ready(bundle_files.awaited(database()))):
        raise NotFound("stick.no_download")
    with write(database()):
        bundle_files.fetched(database(), name)
    return send_file(settings().bundles / name, "application/octet-stream", as_attachment=True)


@stick.post("/import")
def take() -> ResponseReturnValue:
    """Take the answers on a stick."""
    return _said(lambda: {"came": carrying.take(database(), settings().keys, _chosen().folder)})


@stick.post("/upload")
def upload() -> ResponseReturnValue:
    """Take the answers that this browser sends."""
    return _said(lambda: {"came": carrying.take_files(database(), settings().keys, _sent())})


def _prepare() -> dict[str, Any]:
    downloads.prepare(database(), settings().keys, settings().bundles)
    return {}


def _said(act: Callable[[], dict[str, Any]]) -> ResponseReturnValue:
    try:
        return _page(**act())
    except TshegError as error:
        return _page(problem=error), error.status


def _page(*, written: Sequence[Written] = (), came: Sequence[Came] = (), problem: TshegError | None = None) -> str:
    awaited, here = bundle_files.awaited(database()), settings()
    return render_template(
        "sync/stick.html",
        load=queue.load(database()),
        media=media(here.data, here.stick),
        ready=_ready(awaited),
        awaited=[one for one in awaited if one.way == bundle_files.STICK or one.fetched_at],
        written=written,
        came=came,
        problem=problem,
    )


def _ready(awaited: list[BundleFile]) -> list[BundleFile]:
    there = settings().bundles
    return [one for one in awaited if one.way == bundle_files.DOWNLOAD and (there / one.name).is_file()]


def _chosen() -> Medium:
    """Return the stick that was pressed; a folder is never taken from what a browser says."""
    here = settings()
    for medium in media(here.data, here.stick):
        if medium.folder == Path(request.form.get("folder", "")):
            return medium
    raise NotFound("stick.gone")


def _sent() -> list[carrying.File]:
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise FieldError("stick.no_file")
    return [(Path(str(file.filename)).name, partial(file.stream.read, MOST_BYTES + 1)) for file in files]
