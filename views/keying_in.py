"""A blank form comes back filled in (补录): its draft begins under its own number, or goes on where it was left."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from domain.blank_code import reference_of
from i18n import gettext
from store import blanks, drafts, staff
from store.blanks import Number
from views.database import database
from views.draft.context import begun_with, product_in_force


def begin(number: Number) -> Response:
    """Lead to the draft of a blank form; it comes over to the member of staff who has the paper in hand."""
    db = database()
    holder = drafts.holder(db, number.application)
    if holder is None:
        product_in_force(db)
        answers = {**begun_with(db), "blank": number.reference}
        drafts.start(db, number.application, g.staff.id, answers, title=number.reference)
    elif holder != g.staff.id:
        drafts.hand_over(db, number.application, g.staff.id)
        name = staff.find(db, holder).name
        flash(gettext("这份空白表%(name)s已经开始录入，草稿现在转给您，没有改动", name=name), "warn")
    return redirect(url_for("draft.start", draft_id=number.application), code=303)


def scanned(text: str) -> Response:
    """Lead to the draft of the blank form whose number was typed or scanned; raise FieldError."""
    return begin(blanks.usable(database(), reference_of(text)))
