"""Cover and quote (保障和报价): choose a tier by what it covers and costs; see the premium line by line."""

from flask import redirect, render_template, request, url_for

from forms.steps import accepted, form_for
from views.draft import draft
from views.draft.context import after, bar, context_of, find, place
from views.draft.record import priced
from views.draft.step import Page, keep, kept_answers, unsaved
from views.draft.switch import switched


@draft.route("/<uuid:draft_id>/cover", methods=["GET", "POST"])
def cover(draft_id: object) -> Page:
    """Offer the product's tiers, each with its price."""
    kept = find(draft_id)
    if request.method == "POST":
        keep(kept, "cover", None)
        if other := switched(request.path):
            return other
    context = context_of(kept)
    buyers, quotes = priced(kept, context)
    form = form_for("cover", kept_answers(kept, "cover", None), context)
    if request.method == "POST" and form.accept(context) and not unsaved():
        return redirect(url_for("draft.quote", draft_id=kept.id), code=303)
    page = render_template(
        "draft/cover.html", form=form, draft=kept, product=context.product, buyers=buyers, quotes=quotes,
        steps=bar(kept.id, kept.answers), current=place("cover"),
    )  # fmt: skip
    return (page, 503 if unsaved() else 422) if request.method == "POST" else page


@draft.get("/<uuid:draft_id>/quote")
def quote(draft_id: object) -> str:
    """Explain the premium of the chosen tier."""
    kept = find(draft_id)
    context = context_of(kept)
    buyers, quotes = priced(kept, context)
    chosen = accepted("cover", kept.answers.get("cover"), context).read(context)
    return render_template(
        "draft/quote.html", draft=kept, product=context.product, buyers=buyers, tier=context.product.tier(chosen.tier),
        quote=quotes[chosen.tier], next=after(kept, "cover"), steps=bar(kept.id, kept.answers),
        current=place("cover"),
    )  # fmt: skip
