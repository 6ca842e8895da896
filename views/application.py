"""Applications (投保申请): the list, the search, one application with its whole history."""

from contextlib import suppress

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from domain.activity import Action
from domain.errors import FieldError, NotFound
from domain.reference import parse_reference
from domain.uuid7 import new_uuid7
from domain.words import Outcome
from forms.picture import document_names
from forms.scan import ScanForm
from store import (
    activity,
    applications,
    attachments,
    blanks,
    decisions,
    drafts,
    history,
    leads,
    products,
    signatures,
)
from store.applications import PAGE
from views import printed
from views.answers import answers_of
from views.database import database
from views.draft.context import begun_with
from views.expected import expected
from views.handback import handback
from views.printout import printed_before
from views.scan import Page, is_wanted, receive

application = Blueprint("application", __name__)


@application.get("/applications")
def index() -> str:
    """List the newest applications, those of one outcome when it is asked for."""
    outcome = request.args.get("outcome", "")
    found = applications.page(database(), request.args.get("before", type=int), outcome, PAGE + 1)
    more = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("application/index.html", found=found[:PAGE], query="", outcome=outcome, more=more)


@application.post("/searches")
def search() -> Page:
    """Find what matches every word that was typed; by POST, so that no name stands in an address.

    A scanner gun may have typed a trader's code here, that of a blank form, or one of a printed paper.
    """
    db = database()
    query = request.form.get("q", "").strip()
    if is_wanted(query):
        return receive(ScanForm(formdata=None), [query], [])
    if place := _numbered(query):
        return redirect(place, code=303)
    return render_template("application/index.html", found=applications.search(db, query), query=query, outcome="")


@application.get("/applications/<reference>")
def show(reference: str) -> str:
    """Show one application, numbers masked, and everything that happened to it."""
    return _page(reference, revealed=False)


@application.post("/applications/<reference>/reveals")
def reveal(reference: str) -> str:
    """Show the full numbers once; the journal remembers who looked."""
    record_id = applications.summary(database(), reference).record_id
    activity.note(database(), g.staff.id, Action.REVEALED, record_id)
    return _page(reference, revealed=True)


@application.post("/applications/<reference>/drafts")
def draft(reference: str) -> Response:
    """Begin a correction when the insurer asked for one, else a new application of the same trader."""
    db = database()
    line = applications.summary(db, reference)
    answers = answers_of(applications.read(db, line.record_id))
    if line.outcome in (Outcome.SUPPLEMENT, Outcome.QUARANTINED):
        drafts.start(db, line.record_id, g.staff.id, answers, line.revision, line.policyholder)
        step = "declarations" if line.outcome == Outcome.SUPPLEMENT else "policyholder"
        return redirect(url_for("draft.step", draft_id=line.record_id, step=step), code=303)
    draft_id = new_uuid7()
    drafts.start(db, draft_id, g.staff.id, again(answers, reference) | begun_with(db), 0, line.policyholder)
    if len(answers["buyers"]) > 1:
        return redirect(url_for("draft.buyers", draft_id=draft_id), code=303)
    return redirect(url_for("draft.buyer", draft_id=draft_id, number=1), code=303)


@application.get("/leads")
def lead_index() -> str:
    """List the applicants who were referred elsewhere."""
    return render_template("application/leads.html", leads=leads.newest(database()))


def again(answers: dict, reference: str) -> dict:
    """Return what a trader's next application begins with: themselves, their buyers, not the trade nor a consent."""
    kept = ("name", "credit_code", "address", "related", "relation", "first_trade_year", "yearly_sales_fen",
            "highest_balance_fen", "trade_goods", "trade_credit_days", "trade_retention_of_title")  # fmt: skip
    buyers = [{name: value for name, value in buyer.items() if name in kept} for buyer in answers["buyers"]]
    parts = {part: answers[part] for part in ("start", "policyholder", "business", "cover")}
    return {**parts, "buyers": buyers, "copied_from": reference}


def _page(reference: str, *, revealed: bool) -> str:
    db = database()
    line = applications.summary(db, reference)
    record = applications.read(db, line.record_id)
    decisions.mark_seen(db, line.record_id)
    made, events = decisions.of(db, line.record_id), history.of(db, line.record_id)
    product = products.find(db, record.cover.product, record.cover.version)
    return render_template(
        "application/show.html", line=line, application=record, decisions=made, revealed=revealed,
        decision=next((one for one in reversed(made) if one.outcome == line.outcome), None),
        product=product, events=events, expected=[] if line.outcome else expected(db, product, events),
        pictures=attachments.of(db, line.record_id), names=document_names(product), handback=handback(db, line),
        signature=signatures.of(db, line.record_id, line.revision), new_id=new_uuid7, papers=printed.NAMES,
        printed=printed_before(db, line.record_id),
        right=printed.right(line.outcome), short=printed.short_proof(db, line.record_id),
    )  # fmt: skip


def _numbered(query: str) -> str:
    """Return the page of the application or the blank form with this number, or nothing."""
    try:
        reference = parse_reference(query)
    except FieldError:
        return ""
    with suppress(NotFound):
        return url_for("application.show", reference=applications.summary(database(), reference).reference)
    with suppress(FieldError, NotFound):
        return url_for("blank.show", reference=blanks.find(database(), reference).reference)
    return ""
