"""Review and submission (核对与提交): the whole application once more, then one durable write."""

from flask import flash, g, redirect, render_template, url_for
from msgspec.structs import replace
from werkzeug.wrappers import Response

from domain.application import Application
from domain.errors import FieldError, NotFound
from domain.limits import Room
from forms.review import ReviewForm
from i18n import gettext, say
from store import applications, attachments, commands, drafts, installation, limits, submissions
from store.drafts import Draft
from sync import background
from views.apply.signing import receipt_of
from views.arrival import submitted
from views.database import database, settings
from views.draft import draft
from views.draft.context import bar, context_of, find, place, refers
from views.draft.record import completed
from views.draft.switch import switched


@draft.get("/<uuid:draft_id>/review")
def review(draft_id: object) -> str | Response:
    """Show everything as it will be submitted, each part with a way back to it."""
    kept = find(draft_id)
    if refers(kept):
        return redirect(url_for("draft.standing", draft_id=kept.id), code=303)
    return _page(kept, completed(kept, context_of(kept)), ReviewForm(data=_reason(kept)))


@draft.post("/<uuid:draft_id>/submission")
def submit(draft_id: object) -> Response | tuple[str, int]:
    """Submit the application; pressing twice submits it once."""
    db = database()
    try:
        kept = find(draft_id)
    except NotFound:
        return redirect(_url(applications.read(db, str(draft_id))), code=303)
    if other := switched(url_for("draft.review", draft_id=kept.id)):
        return other
    if not kept.revises and (reference := submitted(db, kept.id)):
        drafts.discard(db, kept.id, g.staff.id)
        flash(gettext("投保人的手机已经自己发来，编号 %(reference)s，没有再提交", reference=reference), "good")
        return redirect(url_for("application.show", reference=reference), code=303)
    if refers(kept):
        return redirect(url_for("draft.standing", draft_id=kept.id), code=303)
    application = completed(kept, context_of(kept))
    form = ReviewForm()
    form.validate()
    application = replace(application, duplicate_reason=form.duplicate_reason.data or "")
    if applications.same_invoice(db, application) and not application.duplicate_reason:
        form.duplicate_reason.errors = [say(FieldError("invoice_already_here"))]
    if form.errors:
        return _page(kept, application, form), 422
    submissions.require_space(settings().data, settings().disk_reserve)
    submissions.submit(db, application, g.staff.id, kept.revises, _receipt(kept, application))
    background.wake()
    flash(
        gettext("申请已保存在本机，编号 %(reference)s。联网后自动传给保险公司。", reference=application.reference),
        "good",
    )
    return redirect(_url(application), code=303)


def _reason(kept: Draft) -> dict[str, str]:
    """Return the reason that a trader wrote on the phone."""
    return {name: values[0] for name, values in kept.answers.get("review", {}).items() if values}


def _receipt(kept: Draft, application: Application) -> submissions.Sign | None:
    """Return what signs the receipt of an application that came from a phone."""
    digest = kept.answers.get("slip")
    return (lambda entry: receipt_of(entry, str(application.reference), digest)) if digest else None


def _page(kept: Draft, application: Application, form: ReviewForm) -> str:
    context = context_of(kept)
    return render_template(
        "draft/review.html", draft=kept, application=application, form=form, product=context.product,
        doubles=applications.same_invoice(database(), application), steps=bar(kept.id, kept.answers),
        current=place("review"), point=installation.get(database()).stamp,
        pictures=attachments.in_draft(database(), kept.id),
        room=Room() if kept.revises else limits.room(database()),
        stopped=None if kept.revises else commands.frozen(database()),
    )  # fmt: skip


def _url(application: Application) -> str:
    return url_for("application.show", reference=application.reference)
