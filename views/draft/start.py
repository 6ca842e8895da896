"""The first step: three questions, then the product's answer; a lead is kept of whoever is referred elsewhere."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from domain.eligibility import assess
from domain.errors import FieldError, Refused
from domain.uuid7 import new_uuid7
from domain.words import Standing
from forms.start import CounterStartForm
from forms.steps import typed
from i18n import say
from store import blanks, drafts, installation
from store.drafts import Draft
from views import keying_in
from views.database import database, settings
from views.draft import draft
from views.draft.context import bar, begun_with, find, product_for, product_in_force, step_url
from views.draft.switch import switched
from views.pressing import get_ready

Page = str | Response | tuple[str, int]


@draft.get("/new")
def new() -> str:
    """Ask the first questions of a new application; its id is made now, so that sending twice makes one."""
    get_ready(product_in_force(database()), installation.get(database()).stamp, settings().script_order)
    return _page(CounterStartForm(formdata=None), new_uuid7())


@draft.post("/new")
def create() -> Page:
    """Begin a draft with the first answers."""
    draft_id = request.form.get("draft_id", "") or new_uuid7()
    drafts.start(database(), draft_id, g.staff.id, dict(begun_with(database())))
    return _save(draft_id)


@draft.get("/<uuid:draft_id>/start")
def start(draft_id: object) -> str:
    """Show the first answers again."""
    kept = find(draft_id)
    return _page(CounterStartForm(formdata=MultiDict(kept.answers.get("start", {}))), kept.id, kept.answers)


@draft.post("/<uuid:draft_id>/start")
def save_start(draft_id: object) -> Page:
    """Keep changed first answers."""
    return _save(find(draft_id).id)


def _save(draft_id: str) -> Page:
    db = database()
    drafts.save(db, draft_id, g.staff.id, "start", typed(request.form.to_dict(flat=False)))
    if other := switched(url_for("draft.start", draft_id=draft_id)):
        return other
    kept, form = find(draft_id), CounterStartForm(meta={"csrf": False})
    if not form.validate():
        return _page(form, kept.id, kept.answers), 422
    if form.number.data and form.number.data != kept.answers.get("blank"):
        return _from_blank(form, kept)
    return _onward(kept.id, form)


def _from_blank(form: CounterStartForm, kept: Draft) -> Page:
    """Go on under the number of a blank form, or say at its field why not."""
    db = database()
    try:
        number = blanks.usable(db, form.number.data)
        drafts.require_just_begun(kept)
        if drafts.holder(db, number.application):
            drafts.discard(db, kept.id, g.staff.id)
            return keying_in.begin(number)
        drafts.renumber(db, kept, number.application, number.reference)
    except (FieldError, Refused) as error:
        form.number.errors = [say(error)]
        return _page(form, kept.id, kept.answers), 422
    return _onward(number.application, form)


def _onward(draft_id: str, form: CounterStartForm) -> Response:
    assessment = assess(product_for(find(draft_id)), form.facts())
    if assessment.standing is Standing.INSURABLE:
        return redirect(step_url(draft_id, "policyholder"), code=303)
    return redirect(url_for("draft.standing", draft_id=draft_id), code=303)


def _page(form: CounterStartForm, draft_id: str, answers: dict | None = None) -> str:
    known = answers or {}
    return render_template(
        "draft/start.html", form=form, draft_id=draft_id, steps=bar(draft_id, known), fresh=answers is None,
        blank=known.get("blank", ""), numbered="policyholder" not in known or form.number.errors,
    )  # fmt: skip
