"""What the product's rules say (适保结论): go on, go on with the insurer's confirmation, or leave a lead."""

from typing import Any

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from domain.eligibility import Assessment, Facts, assess
from domain.lead import Lead
from domain.uuid7 import new_uuid7
from domain.words import Standing
from forms.facts import known_facts
from forms.lead import LeadForm
from i18n import current_language
from store import installation, leads
from store.clock import today
from views.database import database
from views.draft import draft
from views.draft.context import find, product_in_force, step_url


@draft.route("/<uuid:draft_id>/standing", methods=["GET", "POST"])
def standing(draft_id: object) -> str | Response:
    """Say what the product's rules say; keep a lead of whoever it does not suit."""
    kept = find(draft_id)
    facts = known_facts(kept.answers)
    assessment = assess(product_in_force(database()), facts)
    if assessment.standing is not Standing.REFER:
        onward = step_url(kept.id, "policyholder")
        return render_template("draft/standing.html", assessment=assessment, draft_id=kept.id, next=onward)
    form = LeadForm()
    if form.validate_on_submit():
        leads.keep(database(), _lead(facts, form, assessment), kept.id, g.staff.id)
        return redirect(url_for("home.show"), code=303)
    return render_template("draft/referred.html", assessment=assessment, form=form, draft_id=kept.id)


def _lead(facts: Facts, form: LeadForm, assessment: Assessment) -> Lead:
    refer_to = next((rule.refer_to for rule in assessment.rules if rule.refer_to), None)
    said: dict[str, Any] = {name: form[name].data for name in ("contact", "mobile", "note")}
    return Lead(
        record_id=new_uuid7(),
        point=installation.get(database()).stamp,
        applied_on=today(),
        standing=assessment.standing,
        rules=tuple(rule.id for rule in assessment.rules),
        refer_to=getattr(refer_to, current_language(), ""),
        buyer_in_mainland=facts.buyer_in_mainland,
        kind=facts.kind,
        trade_mode=facts.trade_mode,
        **said,
    )
