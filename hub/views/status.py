"""Where an application stands (查询进度), for whoever has its reference and its status code; no session behind it."""

import time

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.errors import Later
from domain.progress import Progress
from domain.visits import Limit, minutes, subject, subscriber
from hub.forms.status import StatusForm
from hub.progress import progress_of
from hub.store import status as store
from hub.store import visits
from hub.store.engine import read, write
from hub.views.here import here
from i18n import asked_language, gettext, speak

status = Blueprint("status", __name__)
STATUS_TRIES = 10


@status.before_request
def choose_language() -> None:
    """Speak to strangers as their browser asks."""
    speak(asked_language())


@status.get("/status")
def show() -> ResponseReturnValue:
    """Ask for reference and code."""
    return _page(StatusForm(formdata=None), 200)


@status.post("/status")
def ask() -> ResponseReturnValue:
    """Say where the application stands; an unknown reference, a wrong code and what was erased have one answer."""
    form = StatusForm()
    asked = "asked" in request.form or "switch_language" not in request.form
    if not asked or not form.validate():
        return _page(form, 422 if asked else 200)
    try:
        _count(form.reference.data)
    except Later as error:
        return *_page(form, error.status, problem=error), {"Retry-After": str(error.seconds)}
    found = _look_up(form.reference.data, form.code.data)
    return _page(form, 200, progress=found) if found else _page(form, 404, unknown=True)


def _count(reference: str) -> None:
    """Count one question, whether there is such an application or not; raise Later."""
    key, settings = here().pepper, here().settings
    asked = {
        ("status-address", subscriber(request.remote_addr or "")): settings.status_per_address,
        ("status", reference): STATUS_TRIES,
    }
    limits = [Limit(kind, subject(key, kind, text), most) for (kind, text), most in asked.items()]
    with write(here().engine, visits.LOCK) as connection:
        wait = visits.count(connection, limits, time.time())
    if wait:
        raise Later("apply.too_many", wait, minutes=minutes(wait))


def _look_up(reference: str, code: str) -> Progress | None:
    with read(here().engine) as connection:
        found = store.record_of(connection, reference, code)
        return progress_of(connection, *found) if found else None


def _page(form: StatusForm, status: int, **found: object) -> tuple[str, int]:
    return render_template("apply/status.html", form=form, place=gettext("保险公司"), **found), status
