"""Photographs of a submitted application (材料照片): added later, and looked at, of which the journal keeps a note."""

from functools import partial

from flask import Blueprint, flash, g, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from domain.activity import Action
from domain.attachment import SIGNED_FORM, Attachment
from domain.errors import NotFound
from domain.product import Product
from forms.picture import PictureForm, document_names
from i18n import gettext
from store import activity, applications, attachments, products
from store.applications import Summary
from sync import background
from views import photographs
from views.database import database

picture = Blueprint("picture", __name__, url_prefix="/applications/<reference>/pictures")


@picture.get("")
def index(reference: str) -> str:
    """Ask for photographs of one paper; mostly it is the form that was printed and signed."""
    line, product = _record(reference)
    return _page(line, product, PictureForm(product, SIGNED_FORM))


@picture.post("")
def create(reference: str) -> ResponseReturnValue:
    """Add photographs to the record: from now on they wait to be sent."""
    line, product = _record(reference)
    form = PictureForm(product)
    photographs.take(form, line.record_id, partial(_add, g.staff.id))
    background.wake()
    if form.errors:
        return _page(line, product, form), 422
    flash(gettext("照片已保存在本机，联网后自动传给保险公司。"), "good")
    return photographs.lead_on(url_for("application.show", reference=reference, _anchor="pictures"))


@picture.post("/<uuid:record_id>/views")
def view(reference: str, record_id: object) -> Response:
    """Show one photograph; the journal remembers who looked."""
    db = database()
    application = applications.summary(db, reference).record_id
    for one in attachments.of(db, application):
        if one.record_id == str(record_id):
            answer = photographs.shown(one.about.digest)
            activity.note(db, g.staff.id, Action.REVEALED, application)
            return answer
    raise NotFound("picture.not_found")


def _add(made_by: str, about: Attachment, data: bytes) -> None:
    attachments.add(database(), about, data, made_by)


def _record(reference: str) -> tuple[Summary, Product | None]:
    line = applications.summary(database(), reference)
    cover = applications.read(database(), line.record_id).cover
    return line, products.find(database(), cover.product, cover.version)


def _page(line: Summary, product: Product | None, form: PictureForm) -> str:
    there = attachments.of(database(), line.record_id)
    names = document_names(product)
    return render_template("application/pictures.html", line=line, form=form, names=names, pictures=there)
