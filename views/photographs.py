"""Photographs come in and are shown (照片): read into memory only, never served as anything but a picture."""

from collections.abc import Callable

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from domain.attachment import SIGNED_FORM, Attachment
from domain.errors import FieldError, Refused
from forms.picture import PictureForm
from i18n import gettext, say
from pictures import entry
from pictures.entry import MEDIA_TYPE, Picture
from store import attachments, submissions
from store.clock import today
from views.database import database, settings
from views.signed_form import Shown

HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox"}
Keep = Callable[[Attachment, bytes], None]
Look = Callable[[bytes], Shown]


def take(form: PictureForm, application: str, keep: Keep, look: Look) -> None:
    """Call *keep* with every photograph in *form*; what is wrong with any of them stands at the field.

    *look* says which revision's form was signed, or raises FieldError for another application's.
    Raises Unavailable when the disk is almost full.
    """
    if not form.validate():
        return
    submissions.require_space(settings().data, settings().disk_reserve)
    problems = []
    for number, file in enumerate(form.files, start=1):
        try:
            data, document = file.read(), form.document.data
            shown = look(data) if document == SIGNED_FORM else None
            picture = entry.take(data, settings().picture_side, settings().picture_bytes)
            keep(_about(picture, application, document, shown), picture.data)
        except (FieldError, Refused) as error:
            problems.append((number, say(error)))
    several = len(form.files) > 1
    form.photos.errors = [
        gettext("第%(number)s张：%(problem)s", number=number, problem=said) if several else said
        for number, said in problems
    ]


def lead_on(target: str) -> ResponseReturnValue:
    """Lead on to *target* after photographs were kept; a script that sends one by one goes there after the last."""
    if request.accept_mimetypes.best == "application/json":
        return {"next": target}
    return redirect(target, code=303)


def shown(sha256: bytes) -> Response:
    """Return a picture, named by nothing but a part of its digest."""
    disposition = {"Content-Disposition": f"inline; filename={sha256.hex()[:12]}.webp"}
    return Response(attachments.data(database(), sha256), mimetype=MEDIA_TYPE, headers=HARMLESS | disposition)


def _about(picture: Picture, application: str, document: str, shown: Shown | None) -> Attachment:
    return Attachment(
        application=application,
        document=document,
        sha256=picture.sha256.hex(),
        size=len(picture.data),
        media_type=MEDIA_TYPE,
        width=picture.width,
        height=picture.height,
        taken_on=today(),
        revision=shown.revision if shown else None,
        by_code=bool(shown and shown.by_code),
    )
