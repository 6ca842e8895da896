"""The end-of-day hand-over list (日终交接单): looked at, printed, and what is still unprinted put on the pile."""

import hashlib
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.dates import parse_date
from domain.errors import FieldError, NotFound
from domain.print import Print
from domain.uuid7 import new_uuid7
from forms.handover import DayForm
from forms.printing import OrderForm
from i18n import gettext
from printing import handover as paper
from store import handover as lists
from store import installation, pile, prints
from store.clock import now, today
from store.connection import write
from store.pile import Wanted
from store.signatures import FORM
from views.database import database, settings
from views.frame import VERSION
from views.paper import sent
from views.pressing import pressed

handover = Blueprint("handover", __name__, url_prefix="/handovers")


@handover.get("")
def show() -> str:
    """Show one day's list, today's when none is asked for."""
    form = DayForm(request.args, meta={"csrf": False})
    form.validate()
    day = today() if form.errors or not form.day.data else form.day.data
    return _page(day, form)


@handover.post("/<day>/prints")
def create(day: str) -> ResponseReturnValue:
    """Print the list as it stands now."""
    db, order = database(), OrderForm().order_or(settings().script_order)
    listed, point = lists.of_day(db, _day(day)), installation.get(db).stamp
    pdf = pressed(paper.paper(listed, point, now(), g.staff.name), order)
    about = Print(
        paper="handover", subject=str(listed.day), order=order, sha256=hashlib.sha256(pdf).hexdigest(), program=VERSION
    )
    with write(db):
        prints.append(db, new_uuid7(), about, g.staff.id)
    return sent(pdf, "handover")


@handover.post("/<day>/pile")
def later(day: str) -> ResponseReturnValue:
    """Put every form of the day that was not printed on the pile."""
    db, order = database(), OrderForm().order_or(settings().script_order)
    unprinted = [line for line in lists.of_day(db, _day(day)).lines if not line.printed]
    room = pile.MOST - pile.count(db)
    with write(db):
        for line in unprinted[:room]:
            pile.add(db, Wanted(line.record_id, FORM, order), g.staff.id)
    flash(gettext("已放进待打印，现在共%(count)s份", count=pile.count(db)), "good")
    return redirect(url_for("pile.show"), code=303)


def _page(day: date, form: DayForm) -> str:
    db = database()
    return render_template(
        "handover/show.html", handover=lists.of_day(db, day), form=form, prints=prints.of(db, str(day)),
        signed=paper.SIGNED, look=OrderForm(formdata=None, order=settings().script_order),
    )  # fmt: skip


def _day(day: str) -> date:
    try:
        return parse_date(day)
    except FieldError:
        raise NotFound("handover.no_day") from None
