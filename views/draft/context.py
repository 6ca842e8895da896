"""What every step of a draft needs: this person's draft, the product in force, the steps before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import g, url_for
from sqlite_utils import Database

from domain.eligibility import assess
from domain.errors import Unavailable
from domain.product import Product
from domain.words import Standing
from forms.facts import first_facts, known_facts
from forms.step import Context
from forms.steps import STEPS, accepted, next_unfinished
from forms.unfinished import Unfinished
from i18n import gettext
from store import drafts, products
from store.clock import today
from store.drafts import Draft
from views.database import database


def product_in_force(db: Database) -> Product:
    """Return the product that may quote today; raise Unavailable with what to do when there is none."""
    product = products.in_force(db, today())
    if product is None:
        raise Unavailable("product_expired_here" if products.newest(db) else "product_missing")
    return product


def begun_with(db: Database) -> dict[str, list[str | int]]:
    """Return what a new draft remembers of the product in force, so that a newer version does not change its quote."""
    product = products.in_force(db, today())
    return {"product": [product.id, product.version]} if product else {}


def product_for(draft: Draft) -> Product:
    """Return the version the draft was begun with while it is in force, else the one in force; raise Unavailable."""
    pinned = draft.answers.get("product")
    product = products.find(database(), *pinned) if pinned else None
    return product if product and product.in_force(today()) else product_in_force(database())


def find(draft_id: object) -> Draft:
    """Return the signed-in person's draft; raise NotFound."""
    return drafts.get(database(), str(draft_id), g.staff.id)


def context_of(draft: Draft, *, number: int | None = None) -> Context:
    """Return the context of a step, with policyholder and the other buyers for buyer *number*."""
    context = Context(today=today(), product=product_for(draft), start=first_facts(draft.answers))
    return context if number is None else _among(context, draft, number)


def _among(context: Context, draft: Draft, number: int) -> Context:
    holder = accepted("policyholder", draft.answers.get("policyholder"), context).read(context)
    context = replace(context, policyholder=holder)
    others = []
    for place, answers in enumerate(draft.answers.get("buyers", [])):
        if place != number:
            try:
                others.append(accepted("buyers", answers, context, place).read(context))
            except Unfinished:
                continue
    return replace(context, other_buyers=tuple(others))


def step_url(draft_id: str, step: str, number: int | None = None, **query: Any) -> str:
    """Return the page of a step."""
    if step == "start":
        return url_for("draft.start", draft_id=draft_id)
    if step == "buyers":
        return url_for("draft.buyer", draft_id=draft_id, number=(number or 0) + 1, **query)
    if step in ("cover", "review"):
        return url_for(f"draft.{step}", draft_id=draft_id, **query)
    return url_for("draft.step", draft_id=draft_id, step=step, **query)


def after(kept: Draft, step: str) -> str:
    """Return the page of what is still to be filled, with its mistakes when it lies before *step*; else the review.

    An answer that takes the application out of the product leads to what the product's rules say.
    """
    if refers(kept):
        return url_for("draft.standing", draft_id=kept.id)
    unfinished = next_unfinished(kept.answers, context_of(kept))
    if unfinished is None:
        return step_url(kept.id, "review")
    before = {"check": 1} if place(unfinished.step) < place(step) else {}
    return step_url(kept.id, unfinished.step, unfinished.number, **before)


def refers(kept: Draft) -> bool:
    """Say whether the answers so far take the application out of the product in force."""
    return assess(product_for(kept), known_facts(kept.answers)).standing is Standing.REFER


def bar(draft_id: str, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps for the bar: those that have been filled can be tapped back to."""
    return [
        {
            "title": gettext(title),
            "url": _back_to(draft_id, step, answers),
            "done": step in answers,
        }
        for step, title in STEPS.items()
    ]


def _back_to(draft_id: str, step: str, answers: Mapping[str, Any]) -> str:
    if step == "start" or (step == "buyers" and len(answers.get("buyers", [])) > 1):
        return url_for(f"draft.{step}", draft_id=draft_id)
    return step_url(draft_id, step)


def place(step: str) -> int:
    """Return the place of a step in the bar, from 0."""
    return list(STEPS).index(step)
