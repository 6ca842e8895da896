"""The pile (待打印): what waits to be printed, printing all of it, and what came of that."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import NotFound
from i18n import gettext
from store import pile as papers
from store import prints, staff
from store.connection import connect, write
from views import batch, printed
from views.database import database, settings
from views.paper import sent

pile = Blueprint("pile", __name__, url_prefix="/pile")


@pile.get("")
def show() -> str:
    """Show what waits; while it is made, how far that has come; then its documents, and what could not be made."""
    return _page()


@pile.get("/watch")
def watch() -> str:
    """Show the same to a browser that asks by itself while a batch is made."""
    return _page()


@pile.get("/state")
def state() -> dict[str, Any]:
    """Return in few bytes how far the batch has come; nothing is left of one that is made or was cancelled."""
    now = batch.current()
    running = now if now and now.running else None
    return {"total": running.total, "waiting": running.total - running.done} if running else {"total": 0, "waiting": 0}


@pile.post("/batches")
def create() -> ResponseReturnValue:
    """Begin to make everything that waits."""
    here = settings()
    if waiting := papers.everything(database()):
        batch.begin(waiting, here, lambda: connect(here.database, here.database_key))
    return redirect(url_for("pile.watch"), code=303)


@pile.post("/batches/<uuid:batch_id>/cancellation")
def cancel(batch_id: UUID) -> ResponseReturnValue:
    """Stop making it, or let go of what was made; everything stays on the pile."""
    batch.find(str(batch_id)).stop.set()
    batch.forget()
    return redirect(url_for("pile.show"), code=303)


@pile.post("/batches/<uuid:batch_id>/documents/<int:number>")
def document(batch_id: UUID, number: int) -> ResponseReturnValue:
    """Hand a document to the printer: from now on the journal says that its papers were printed."""
    now, db = batch.find(str(batch_id)), database()
    if not 0 <= number < len(now.documents):
        raise NotFound("paper.batch_gone")
    one = now.documents[number]
    with write(db):
        for print_id, about in (each for sheet in one.sheets for each in sheet.prints.items()):
            prints.append(db, print_id, about, g.staff.id)
    now.opened.add(number)
    return sent(one.pdf, "papers")


@pile.post("/batches/<uuid:batch_id>/outcome")
def outcome(batch_id: UUID) -> ResponseReturnValue:
    """Take off what came out right; the rest stays, to be printed again."""
    now, db = batch.find(str(batch_id)), database()
    printed_ones = {sheet.waiting.id for number in now.opened for sheet in now.documents[number].sheets}
    right = printed_ones & set(request.form.getlist("right", type=int))
    papers.take_off(db, sorted(right))
    batch.forget()
    flash(gettext("打好%(right)s份，已从待打印中拿下。还剩%(left)s份", right=len(right), left=papers.count(db)), "good")
    return redirect(url_for("pile.show"), code=303)


@pile.post("/<int:item>/removal")
def remove(item: int) -> ResponseReturnValue:
    """Take one paper off that nobody wants any more."""
    papers.take_off(database(), [item])
    return redirect(url_for("pile.show"), code=303)


def _page() -> str:
    db = database()
    return render_template(
        "pile/show.html", waiting=papers.everything(db), batch=batch.current(), names=printed.NAMES,
        people=staff.names(db),
    )  # fmt: skip
