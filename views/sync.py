"""The exchange with the insurer (传送): what waits, how far it has come, and the button that starts one now."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.errors import Problem, TshegError
from i18n import gettext, is_local, say
from store import applications, commands, deliveries, drafts, ledger, limits, offers, queue
from store import exchange as marks
from store.connection import connect, write
from sync import aside, background
from sync.exchange import Report
from sync.line import Reached, try_line
from sync.once import under_way
from views.database import database, settings

sync = Blueprint("sync", __name__)
WAIT_SECONDS = 20
PATIENCE_SECONDS = 8
SECONDS_SAID = 90
FEW = 20


@sync.get("/sync")
def show() -> str:
    """Show the link, the last exchange, the counts, every record that is not confirmed, and what needs a person."""
    return _page()


@sync.get("/sync/watch")
def watch() -> str:
    """Show the same to a browser that asks by itself while an exchange runs."""
    return _page()


@sync.get("/sync/state")
def state() -> dict[str, Any]:
    """Return in few bytes whether the hub answered when last asked, and while an exchange runs how far it has come."""
    contact, waiting, total = ledger.contact(database()), *_progress()
    left = _estimate(queue.load(database())) if total else ""
    return {"up": contact.up, "answered_at": contact.answered_at, "waiting": waiting, "total": total, "left": left}


@sync.post("/sync")
def create() -> Response:
    """Exchange now, and go back to where one was with what came of it; a long exchange is watched meanwhile."""
    here = settings()
    exchange = aside.begin(lambda: connect(here.database, here.database_key), here.keys, WAIT_SECONDS)
    try:
        flash(*_result(exchange.result(PATIENCE_SECONDS)))
    except TimeoutError:
        return redirect(url_for("sync.watch"), code=303)
    except TshegError as error:
        flash(say(error), "warn")
    return redirect(_came_from(), code=303)


@sync.post("/sync/test")
def test() -> Response:
    """Ask the hub for a signed answer and say how the line is; nothing is sent or taken by that."""
    try:
        flash(_line(try_line(database(), settings().keys)), "good")
    except TshegError as error:
        flash(say(error), "warn")
    return redirect(url_for("sync.show"), code=303)


@sync.post("/sync/pictures/<reference>")
def pictures(reference: str) -> Response:
    """Put the photographs of one application aside, or let them go on; its record is not held up by either."""
    db, wait = database(), request.form.get("aside") == "1"
    with write(db):
        deliveries.put_aside(db, applications.summary(db, reference).record_id, wait)
    if not wait:
        background.wake()
    return redirect(url_for("sync.show", _anchor="pictures"), code=303)


def _page() -> str:
    db = database()
    load = queue.load(db)
    last = max(1, -(-load.records // queue.PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "sync/show.html",
        ledger=ledger.count(db),
        contact=ledger.contact(db),
        frozen=marks.frozen(db),
        room=limits.room(db),
        stopped=commands.frozen(db),
        load=load,
        estimate=_estimate(load),
        pictures=deliveries.load(db),
        lacking=deliveries.by_record(db, FEW),
        items=queue.page(db, (page - 1) * queue.PAGE),
        page=page,
        last=last,
        progress=_progress(),
        drafts=drafts.mine(db, g.staff.id),
        returned=applications.page(db, outcome="quarantined", limit=FEW),
    )


def _progress() -> tuple[int, int]:
    """Return how many entries wait, and how many did when the exchange under way began; 0 when none is."""
    waiting = marks.waiting(database())
    return waiting, max(waiting, offers.waited(database())) if under_way(settings().keys) else 0


def _estimate(load: queue.Load) -> str:
    if load.seconds is None:
        return ""
    if load.seconds < SECONDS_SAID:
        return gettext("按最近实测的速度，约需 %(count)s 秒", count=max(1, round(load.seconds)))
    return gettext("按最近实测的速度，约需 %(count)s 分钟", count=round(load.seconds / 60))


def _result(report: Report) -> tuple[str, str]:
    if report.problem:
        return say(Problem("", report.problem)), "bad" if report.problem == "sync.fork" else "warn"
    if report.files and not report.confirmed:
        return gettext("保险公司新收到 %(files)d 张照片", files=report.files), "good"
    if report.confirmed or report.received:
        counts = {"confirmed": report.confirmed, "received": report.received}
        return gettext("保险公司新确认 %(confirmed)d 条，发来 %(received)d 条", **counts), "good"
    return gettext("已与保险公司核对，没有新内容"), "good"


def _line(reached: Reached) -> str:
    way = {"count": max(1, round(reached.seconds * 1000))}
    if reached.bytes_per_second is None:
        return gettext("保险公司平台有回答，签名正确：往返 %(count)s 毫秒，网速很快", **way)
    speed = max(1, round(reached.bytes_per_second * 8 / 1000))
    return gettext("保险公司平台有回答，签名正确：往返 %(count)s 毫秒，上传约每秒 %(speed)s 千比特", speed=speed, **way)


def _came_from() -> str:
    came = urlsplit(request.referrer or "")
    target = f"{came.path}?{came.query}" if came.query else came.path
    same_site = came.netloc == request.host and is_local(target)
    return target if same_site else url_for("sync.show")
