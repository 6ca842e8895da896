"""Photographs of papers for a draft (材料照片): taken, looked at, taken out again."""

from functools import partial

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from domain.errors import NotFound
from forms.picture import PictureForm, document_names
from store import attachments
from views import photographs, signed_form
from views.database import database
from views.draft import draft
from views.draft.context import bar, find, place, product_in_force
from views.draft.switch import switched


@draft.route("/<uuid:draft_id>/pictures", methods=["GET", "POST"])
def pictures(draft_id: object) -> ResponseReturnValue:
    """Show the photographs of a draft, and take more."""
    kept, db = find(draft_id), database()
    here = url_for("draft.pictures", draft_id=kept.id)
    product = product_in_force(db)
    form = PictureForm(product, request.args.get("document", ""))
    if request.method == "POST":
        look = partial(signed_form.shown, db, kept.id)
        photographs.take(form, kept.id, partial(attachments.keep, db, kept.id), look)
        if other := switched(here):
            return other
        if not form.errors:
            return photographs.lead_on(url_for("draft.pictures", draft_id=kept.id, document=form.document.data))
    page = render_template(
        "draft/pictures.html", draft=kept, form=form, names=document_names(product), product=product,
        pictures=attachments.in_draft(db, kept.id), earlier=attachments.of(db, kept.id),
        steps=bar(kept.id, kept.answers), current=place("declarations"),
    )  # fmt: skip
    return (page, 422) if request.method == "POST" else page


@draft.get("/<uuid:draft_id>/pictures/<uuid:picture>.webp")
def picture(draft_id: object, picture: object) -> Response:
    """Show one photograph to the person whose draft it is in."""
    kept = find(draft_id)
    for one in attachments.in_draft(database(), kept.id):
        if one.record_id == str(picture):
            return photographs.shown(one.about.digest)
    raise NotFound("picture.not_found")


@draft.post("/<uuid:draft_id>/pictures/<uuid:picture>/removal")
def remove_picture(draft_id: object, picture: object) -> Response:
    """Take one photograph out."""
    here = url_for("draft.pictures", draft_id=find(draft_id).id)
    if g.locked:
        return redirect(url_for("session.lock", next=here), code=303)
    attachments.remove(database(), str(draft_id), str(picture))
    return redirect(here, code=303)
