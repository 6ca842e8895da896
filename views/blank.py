"""Numbered blank forms (编号空白表): printed for a day without power, keyed in under the same number, or spoiled."""

import hashlib
from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlite_utils import Database

from domain.print import Print
from domain.reference import parse_reference
from domain.uuid7 import new_uuid7
from domain.words import BlankState, ScriptOrder
from forms.blank import BlanksForm, SpoilForm
from i18n import gettext
from printing import blank as paper
from store import blanks, installation, prints, submissions
from store.blanks import PAGE, Number
from store.connection import write
from sync import background
from views import keying_in
from views.database import database, settings
from views.draft.context import product_in_force
from views.frame import VERSION
from views.paper import asked_id, sent
from views.pressing import pressed_together

blank = Blueprint("blank", __name__, url_prefix="/blanks")


@blank.get("")
def index() -> str:
    """Show which numbers are out, keyed in or spoiled, and ask how many to print."""
    return _page(BlanksForm(formdata=None, order=settings().script_order))


@blank.post("")
def create() -> ResponseReturnValue:
    """Hand out numbers and print their forms; the same press again prints the same numbers."""
    form = BlanksForm()
    if not form.validate():
        return _page(form), 422
    db, here = database(), settings()
    product_in_force(db)
    submissions.require_space(here.data, here.disk_reserve)
    numbers = blanks.reserve(db, asked_id("series"), form.count.data, g.staff.id)
    background.wake()
    return sent(printed(db, form.order_or(here.script_order), numbers, g.staff.id), "blank")


@blank.get("/<reference>")
def show(reference: str) -> str:
    """Show one number and what became of it."""
    return _one(reference, SpoilForm(formdata=None))


@blank.post("/<reference>/drafts")
def draft(reference: str) -> ResponseReturnValue:
    """Key in the form with this number."""
    return keying_in.begin(blanks.usable(database(), parse_reference(reference)))


@blank.post("/<reference>/spoiling")
def spoil(reference: str) -> ResponseReturnValue:
    """Take a number out of use."""
    form = SpoilForm()
    if not form.validate():
        return _one(reference, form), 422
    blanks.spoil(database(), parse_reference(reference), form.reason.data, g.staff.id)
    background.wake()
    flash(gettext("编号%(reference)s已作废", reference=reference), "good")
    return redirect(url_for("blank.index"), code=303)


def printed(db: Database, order: ScriptOrder, numbers: Sequence[Number], by: str) -> bytes:
    """Return the forms of *numbers* as one PDF, and keep in the journal that they were printed."""
    point, product = installation.get(db).stamp, product_in_force(db)
    pdf = pressed_together([paper.paper(number.reference, point, product) for number in numbers], order)
    about = Print(
        paper="blank", subject=numbers[0].series, order=order, sha256=hashlib.sha256(pdf).hexdigest(),
        program=VERSION, product=f"{product.id}/{product.version}",
    )  # fmt: skip
    with write(db):
        if not prints.of(db, about.subject):
            prints.append(db, new_uuid7(), about, by)
    return pdf


def _page(form: BlanksForm) -> str:
    db = database()
    state = BlankState(request.args.get("state", BlankState.OUT, type=BlankState))
    found = blanks.page(db, state, request.args.get("before", type=int), PAGE + 1)
    return render_template(
        "blank/index.html", form=form, found=found[:PAGE], state=state, out=blanks.outstanding(db),
        more=found[PAGE - 1].id if len(found) > PAGE else None, series=new_uuid7(),
    )  # fmt: skip


def _one(reference: str, form: SpoilForm) -> str:
    db = database()
    number = blanks.find(db, parse_reference(reference))
    return render_template("blank/show.html", number=number, form=form, reason=blanks.reason(db, number))
