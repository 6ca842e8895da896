"""Photographs of a submitted application (材料照片): added later, and looked at, of which the journal keeps a note."""

from functools import partial

from flask import Blueprint, flash, g, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from domain.activity import Action
from domain.attachment import SIGNED_FORM, Attachment
from domain.errors import NotFound
from domain.product import Product
from domain.signing import Signing
from forms.picture import PictureForm, document_names
from i18n import gettext
from store import activity, applications, attachments, products, signatures
from store.applications import Summary
from sync import background
from views import photographs, signed_form
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
    look = partial(signed_form.shown, database(), line.record_id)
    photographs.take(form, line.record_id, partial(_add, g.staff.id), look)
    background.wake()
    if form.errors:
        return _page(line, product, form), 422
    flash(gettext("照片已保存在本机，联网后自动传给保险公司。"), "good")
    anchor = "signature" if form.document.data == SIGNED_FORM else "pictures"
    if anchor == "signature":
        _say_which(line)
    return photographs.lead_on(url_for("application.show", reference=reference, _anchor=anchor))


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


def _say_which(line: Summary) -> None:
    """Tell at once when what was signed is not what the record says now."""
    signature = signatures.of(database(), line.record_id, line.revision)
    if not any(one.about.by_code for one in attachments.of(database(), line.record_id)):
        flash(gettext("照片上没有读出二维码。请看清楚，这是第%(revision)s版的表", revision=line.revision), "warn")
    if signature.state is Signing.OUTDATED:
        values = {"reference": line.reference, "signed": signature.revision, "revision": line.revision}
        said = gettext(
            "签字的是%(reference)s第%(signed)s版，记录现在是第%(revision)s版。请打印新版，再签一次", **values
        )
        flash(said, "warn")


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
