"""One step of a draft: keep what was typed before anything is checked, then check, then go on."""

from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.words import ApplicantKind
from forms.steps import STEPS, form_for, typed
from store import attachments, codes, drafts, known_buyers
from store.connection import StoreError
from store.drafts import Draft
from views.database import database
from views.draft import draft
from views.draft.context import after, bar, context_of, find, place, step_url
from views.draft.known_buyers import known_buyer, known_url
from views.draft.record import premium
from views.draft.switch import switched

_STEPS = "any(policyholder, business, declarations)"
ANOTHER = "another"
KNOWN = "known"
PICTURES = "pictures"
Page = str | Response | tuple[str, int]


@draft.route(f"/<uuid:draft_id>/<{_STEPS}:step>", methods=["GET", "POST"])
def step(draft_id: object, step: str) -> Page:
    """Show or take one step."""
    return _step(find(draft_id), step)


@draft.route("/<uuid:draft_id>/buyers/<int:number>", methods=["GET", "POST"])
def buyer(draft_id: object, number: int) -> Page:
    """Show or take buyer *number*, counted from 1."""
    kept = find(draft_id)
    known = len(kept.answers.get("buyers", []))
    if not 1 <= number <= known + 1:
        return redirect(step_url(kept.id, "buyers", known), code=303)
    return _step(kept, "buyers", number - 1)


@draft.post("/<uuid:draft_id>/autosave/<step>")
@draft.post("/<uuid:draft_id>/autosave/<step>/<int:number>")
def autosave(draft_id: object, step: str, number: int | None = None) -> tuple[Response, int]:
    """Keep what stands in the form while it is typed; unchecked, and said to be saved only once it is on disk."""
    kept = find(draft_id)
    if step not in STEPS or (number is not None and not 1 <= number <= len(kept.answers.get("buyers", [])) + 1):
        return jsonify(saved=False), 404
    keep(kept, step, number - 1 if number else None)
    return jsonify(saved=not unsaved()), 503 if unsaved() else 200


@draft.post("/<uuid:draft_id>/discarding")
def discard(draft_id: object) -> Response:
    """Throw a draft away."""
    drafts.discard(database(), find(draft_id).id, g.staff.id)
    return redirect(url_for("home.show"), code=303)


def _step(kept: Draft, step: str, number: int | None = None) -> Page:
    here = step_url(kept.id, step, number)
    if request.method == "POST":
        keep(kept, step, number)
        if other := switched(here):
            return other
        if number is not None and request.form.get("go") == KNOWN and not unsaved():
            return redirect(known_url(kept.id, number), code=303)
        if request.form.get("go") == PICTURES and not unsaved():
            return redirect(url_for("draft.pictures", draft_id=kept.id), code=303)
    context = context_of(kept, number=number)
    form = form_for(step, kept_answers(kept, step, number), context)
    if request.method == "POST" and form.accept(context) and not unsaved():
        return redirect(_next(kept.id, step, number), code=303)
    if "check" in request.args:
        form.accept(context)
    page = render_template(
        f"draft/{step if number is None else 'buyer'}.html",
        form=form, draft=kept, context=context, number=number, steps=bar(kept.id, kept.answers), current=place(step),
        quote=premium(kept, context) if step == "declarations" else None, offered=_offered(step),
        listed=step == "buyers" and known_buyers.exist(database()),
        known=known_buyer(form.credit_code.typed) if step == "buyers" else None,
        pictures=attachments.in_draft(database(), kept.id),
    )  # fmt: skip
    return (page, 503 if unsaved() else 422) if request.method == "POST" else page


def _offered(step: str) -> list[tuple[str, str]]:
    names = {"policyholder": codes.TRADES, "buyers": codes.GOODS}
    return codes.words(database(), names[step]) if step in names else []


def _next(draft_id: str, step: str, number: int | None) -> str:
    if request.form.get("go") == ANOTHER:
        return step_url(draft_id, "buyers", (number or 0) + 1)
    kept = find(draft_id)
    several = step == "buyers" and len(kept.answers["buyers"]) > 1
    return url_for("draft.buyers", draft_id=draft_id) if several else after(kept, step)


def keep(kept: Draft, step: str, number: int | None) -> None:
    """Keep what was sent, before anything is checked; a disk that takes nothing leaves it in the form."""
    try:
        drafts.save(database(), kept.id, g.staff.id, step, typed(request.form.to_dict(flat=False)), number)
    except StoreError:
        g.unsaved = True


def unsaved() -> bool:
    """Say whether this request's answers could not be written."""
    return bool(g.get("unsaved"))


def kept_answers(kept: Draft, step: str, number: int | None) -> Any:
    """Return what stands in the form now: what was just sent, else what is kept, else what is likely."""
    if request.method == "POST":
        return typed(request.form.to_dict(flat=False))
    if number is None:
        return kept.answers.get(step, _defaults(kept, step))
    buyers = kept.answers.get("buyers", [])
    return buyers[number] if number < len(buyers) else None


def _defaults(kept: Draft, step: str) -> dict[str, list[str]] | None:
    if step != "policyholder":
        return None
    person = kept.answers["start"]["kind"] == [ApplicantKind.NATURAL_PERSON]
    return {"id_kind": ["resident_id" if person else "credit_code"]}
