"""The exchange with the insurer (传送): its state, and the button that starts one now."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.errors import Problem, TshegError
from i18n import gettext, is_local, say
from store import exchange as marks
from store import ledger
from sync.exchange import Report
from sync.once import exchange_once
from views.database import database, settings

sync = Blueprint("sync", __name__)
WAIT_SECONDS = 20


@sync.get("/sync")
def show() -> str:
    """Show the link, the last exchange, the counts, and what a person must look at."""
    db = database()
    return render_template(
        "sync/show.html", ledger=ledger.count(db), contact=ledger.contact(db), frozen=marks.frozen(db)
    )


@sync.get("/sync/state")
def state() -> dict[str, Any]:
    """Return the state in few bytes: whether the hub answered when last asked, and what still waits."""
    db = database()
    contact = ledger.contact(db)
    return {"up": contact.up, "answered_at": contact.answered_at, "waiting": marks.waiting(db)}


@sync.post("/sync")
def create() -> Response:
    """Exchange now, and go back to where one was with what came of it."""
    try:
        report = exchange_once(database(), settings().keys, WAIT_SECONDS)
        flash(*_result(report))
    except TshegError as error:
        flash(say(error), "warn")
    return redirect(_came_from(), code=303)


def _result(report: Report) -> tuple[str, str]:
    if report.problem:
        return say(Problem("", report.problem)), "bad" if report.problem == "sync.fork" else "warn"
    if report.confirmed or report.received:
        counts = {"confirmed": report.confirmed, "received": report.received}
        return gettext("保险公司新确认 %(confirmed)d 条，发来 %(received)d 条", **counts), "good"
    return gettext("已与保险公司核对，没有新内容"), "good"


def _came_from() -> str:
    came = urlsplit(request.referrer or "")
    target = f"{came.path}?{came.query}" if came.query else came.path
    same_site = came.netloc == request.host and is_local(target)
    return target if same_site else url_for("sync.show")
