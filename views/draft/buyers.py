"""The buyers of a draft (买方): listed where there are several, one taken out."""

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from domain.errors import FieldError
from domain.money import parse_yuan
from store import drafts
from views.database import database
from views.draft import draft
from views.draft.context import after, bar, find, place, product_for


@draft.get("/<uuid:draft_id>/buyers")
def buyers(draft_id: object) -> str:
    """List the buyers of the draft, with a way to add one."""
    kept = find(draft_id)
    return render_template(
        "draft/buyers.html", draft=kept, most=product_for(kept).max_buyers, next=after(kept, "buyers"),
        amounts=[_amount(buyer) for buyer in kept.answers.get("buyers", [])],
        steps=bar(kept.id, kept.answers), current=place("buyers"),
    )  # fmt: skip


@draft.post("/<uuid:draft_id>/buyers/<int:number>/removal")
def remove_buyer(draft_id: object, number: int) -> Response:
    """Take buyer *number* out."""
    drafts.remove_buyer(database(), str(draft_id), g.staff.id, number - 1)
    return redirect(url_for("draft.buyers", draft_id=draft_id), code=303)


def _amount(buyer: dict[str, list[str]]) -> int | str:
    """Return the amount as it was understood, in fen, or as it was typed."""
    typed = (buyer.get("trade_amount_fen") or [""])[0]
    try:
        return parse_yuan(typed)
    except FieldError:
        return typed
