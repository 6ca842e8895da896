"""The first step: three questions, then the product's answer; a lead is kept of whoever is referred elsewhere."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from domain.eligibility import assess
from domain.uuid7 import new_uuid7
from domain.words import Standing
from forms.start import StartForm
from forms.steps import typed
from store import drafts
from views.database import database
from views.draft import draft
from views.draft.context import bar, begun_with, find, product_for, product_in_force, step_url
from views.draft.switch import switched


@draft.get("/new")
def new() -> str:
    """Ask the first questions of a new application; its id is made now, so that sending twice makes one."""
    product_in_force(database())
    return _page(StartForm(formdata=None), new_uuid7())


@draft.post("/new")
def create() -> Response | tuple[str, int]:
    """Begin a draft with the first answers."""
    draft_id = request.form.get("draft_id", "") or new_uuid7()
    drafts.start(database(), draft_id, g.staff.id, dict(begun_with(database())))
    return _save(draft_id)


@draft.get("/<uuid:draft_id>/start")
def start(draft_id: object) -> str:
    """Show the first answers again."""
    kept = find(draft_id)
    return _page(StartForm(formdata=MultiDict(kept.answers.get("start", {}))), kept.id, kept.answers)


@draft.post("/<uuid:draft_id>/start")
def save_start(draft_id: object) -> Response | tuple[str, int]:
    """Keep changed first answers."""
    return _save(find(draft_id).id)


def _save(draft_id: str) -> Response | tuple[str, int]:
    db = database()
    drafts.save(db, draft_id, g.staff.id, "start", typed(request.form.to_dict(flat=False)))
    if other := switched(url_for("draft.start", draft_id=draft_id)):
        return other
    form = StartForm(meta={"csrf": False})
    if not form.validate():
        return _page(form, draft_id), 422
    assessment = assess(product_for(find(draft_id)), form.facts())
    if assessment.standing is Standing.INSURABLE:
        return redirect(_after(draft_id), code=303)
    return redirect(url_for("draft.standing", draft_id=draft_id), code=303)


def _after(draft_id: str) -> str:
    return step_url(draft_id, "policyholder")


def _page(form: StartForm, draft_id: str, answers: dict | None = None) -> str:
    steps = bar(draft_id, answers or {})
    return render_template("draft/start.html", form=form, draft_id=draft_id, steps=steps, fresh=answers is None)
