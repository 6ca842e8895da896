"""Where an application stands (查询进度), for whoever has its reference and its status code."""

import base64

from flask import render_template, request
from werkzeug.wrappers import Response

import assets
from domain.errors import FieldError, Later
from forms.status import StatusForm
from i18n import say
from precompressed import Body
from store import status as store
from views.apply import apply, limits
from views.apply.progress import progress_of
from views.apply.signing import receipt_key
from views.database import database
from wire.status_code import parse_status_code

QUICK = 5


@apply.get("/status")
def status() -> Response:
    """Ask for reference and code; the page is the same for everybody, so that a phone can keep it."""
    key = base64.urlsafe_b64encode(receipt_key().public.raw).rstrip(b"=").decode()
    body = Body(render_template("apply/status.html", form=StatusForm(), key=key).encode(), QUICK)
    response = assets.compressed(body, "text/html")
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    response.cache_control.no_cache = True
    response.set_etag(body.tag, weak=True)
    return response.make_conditional(request)


@apply.post("/status")
def ask() -> Response:
    """Say where the application stands; an unknown reference, a wrong code and what was erased have one answer."""
    form = StatusForm()
    asked = "asked" in request.form or "switch_language" not in request.form
    if not asked or not form.validate():
        return _page(form, 422 if asked else 200)
    try:
        code = parse_status_code(form.code.data)
        limits.ask_status(form.reference.data)
    except FieldError as error:
        form.code.errors = [say(error)]
        return _page(form, 422)
    except Later as error:
        response = _page(form, error.status, problem=error)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    record_id = store.record_of(database(), form.reference.data, code)
    if record_id is None:
        return _page(form, 404, unknown=True)
    return _page(form, 200, progress=progress_of(database(), record_id))


def _page(form: StatusForm, status: int, **found: object) -> Response:
    body = Body(render_template("apply/status.html", form=form, **found).encode(), QUICK)
    response = assets.compressed(body, "text/html")
    response.status_code = status
    return response
