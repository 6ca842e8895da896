"""Choosing a buyer from the insurer's list (已知买方): filled into the step, there to be checked like any other."""

from flask import flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.errors import NotFound
from domain.known_buyer import KnownBuyer
from i18n import gettext
from store import drafts, known_buyers
from views.database import database
from views.draft import draft
from views.draft.context import bar, find, place, step_url


@draft.route("/<uuid:draft_id>/buyers/<int:number>/known", methods=["GET", "POST"])
def known(draft_id: object, number: int) -> str:
    """Show the insurer's buyers, or those that match; by POST, so that no name stands in an address."""
    kept, db = find(draft_id), database()
    query = request.form.get("q", "").strip()
    return render_template(
        "draft/known.html", draft=kept, number=number, query=query, found=known_buyers.search(db, query),
        whole=known_buyers.is_whole(db), back=step_url(kept.id, "buyers", number - 1),
        steps=bar(kept.id, kept.answers), current=place("buyers"),
    )  # fmt: skip


@draft.post("/<uuid:draft_id>/buyers/<int:number>/known/choice")
def choose_known(draft_id: object, number: int) -> Response:
    """Fill buyer *number*, counted from 1, with what the insurer knows of the one that was chosen."""
    kept = find(draft_id)
    chosen = known_buyers.find(database(), request.form.get("credit_code", ""))
    buyers = kept.answers.get("buyers", [])
    if chosen is None or not 1 <= number <= len(buyers) + 1:
        raise NotFound("buyers.not_here")
    typed = buyers[number - 1] if number <= len(buyers) else {}
    drafts.save(database(), kept.id, g.staff.id, "buyers", {**typed, **_answers(chosen)}, number - 1)
    flash(gettext("已填入保险公司名单中的买方，请照合同和营业执照核对"), "good")
    return redirect(step_url(kept.id, "buyers", number - 1), code=303)


def known_buyer(typed: str) -> KnownBuyer | None:
    """Return what the insurer knows of the buyer whose credit code was typed, if it is one."""
    return known_buyers.find(database(), "".join(typed.split()).upper()) if typed else None


def known_url(draft_id: str, number: int) -> str:
    """Return the page on which buyer *number*, counted from 0, is chosen."""
    return url_for("draft.known", draft_id=draft_id, number=number + 1)


def _answers(chosen: KnownBuyer) -> dict[str, list[str]]:
    return {"name": [chosen.name], "credit_code": [chosen.credit_code], "address": [chosen.address]}
