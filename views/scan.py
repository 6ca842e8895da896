"""Scanning a code (扫码): typed by a gun, photographed, or looked at by this machine's camera.

A trader's becomes a draft, one of a printed paper leads to its record. Parts that were read wait in the page itself, so
that nothing of a trader is kept before it is whole.
"""

from contextlib import suppress

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

import slip
from domain.blank_code import is_blank
from domain.errors import FieldError
from domain.reference import parse_reference
from forms.scan import ScanForm
from i18n import say
from imprint import digits as imprints
from pictures import reading
from slip import digits
from slip.digits import Part
from slip.errors import Unreadable
from views import camera, keying_in, papercode
from views.arrival import arrive
from views.database import database

scan = Blueprint("scan", __name__)
Page = str | Response | tuple[str, int]


@scan.route("/scans", methods=["GET", "POST"])
def show() -> Page:
    """Take a code, part after part, and go on with the application in it."""
    form = ScanForm()
    if request.method == "GET":
        return _page(form, [])
    read = earlier(request.form.getlist("read"))
    try:
        codes = photographed(form.picture.read()) if form.picture else [form.code.typed]
        if not form.picture and (reference := _number(form.code.typed)):
            return keying_in.scanned(reference)
    except (Unreadable, FieldError) as error:
        return _refused(form, error, read)
    return receive(form, codes, read)


@scan.post("/scans/frames")
def frame() -> Response:
    """Answer with the codes that stand on one picture of this machine's camera, if there are any."""
    return jsonify(codes=camera.seen(request.get_data(), any_one=True))


def receive(form: ScanForm, texts: list[str], read: list[Part]) -> Page:
    """Go on with the application once all its parts are there, or show how many are; any code of a paper is enough."""
    try:
        if number := next(filter(is_number, texts), ""):
            return keying_in.scanned(number)
        if printed := next(filter(imprints.is_ours, texts), ""):
            return _of_paper(printed)
        for text in texts:
            for part in digits.parts(text):
                read = digits.together(read, part)
        data = digits.joined(read)
        handed = None if data is None else slip.read(data)
    except (Unreadable, FieldError) as error:
        return _refused(form, error, read)
    return _page(form, read) if handed is None else arrive(handed)


def photographed(picture: bytes) -> list[str]:
    """Return ours of the codes on a picture, or any where none is; raise Unreadable or FieldError."""
    texts = reading.texts(picture)
    if not texts:
        raise Unreadable("slip.no_code")
    return [text for text in texts if is_wanted(text)] or texts[:1]


def is_wanted(text: str) -> bool:
    """Say whether a code is a part of a slip, the number of a blank form, or of a printed paper."""
    return digits.is_ours(text) or is_number(text) or imprints.is_ours(text)


def is_number(text: str) -> bool:
    """Say whether a code is the number of a blank form."""
    return is_blank(digits.plain(text))


def earlier(frames: list[str]) -> list[Part]:
    """Return the parts that were read before, as the page brought them back."""
    read: list[Part] = []
    for one in frames:
        with suppress(Unreadable):
            for part in digits.parts(one):
                read = digits.together(read, part)
    return read


def _number(typed: str) -> str:
    """Return the number of a form where one was typed by hand, else nothing."""
    try:
        return parse_reference(typed)
    except FieldError:
        return ""


def _of_paper(typed: str) -> Response:
    """Lead to the record of a paper by any of its codes; raise Unreadable where it is not here."""
    reference = papercode.reference_of(database(), typed)
    if reference is None:
        raise Unreadable("imprint.not_here", number=papercode.shown_number(typed))
    return redirect(url_for("application.show", reference=reference), code=303)


def _refused(form: ScanForm, error: Unreadable | FieldError, read: list[Part]) -> tuple[str, int]:
    field = form.photo if form.picture else form.code
    field.errors = [say(error)]
    return _page(form, read), error.status


def _page(form: ScanForm, read: list[Part]) -> str:
    parts = read[0].parts if read else 0
    missing = sorted(set(range(1, parts + 1)) - {part.number for part in read})
    return render_template("scan/show.html", form=form, read=read if missing else [], missing=missing)
