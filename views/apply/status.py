"""Where an application stands (查询进度), for whoever has its reference and its status code."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from domain.errors import FieldError
from forms.status import StatusForm
from i18n import say
from store import status as store
from views.apply import limits
from views.apply.progress import progress_of
from views.database import database
from wire.status_code import parse_status_code

status = Blueprint("status", __name__)


@status.route("/status", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Ask for reference and code, then say where the application stands; unknown and wrong give one answer."""
    form = StatusForm()
    if "switch_language" in request.form or not form.validate_on_submit():
        return _page(form), 422 if form.errors else 200
    try:
        code = parse_status_code(form.code.data)
        limits.ask_status(form.reference.data)
    except FieldError as error:
        form.code.errors = [say(error)]
        return _page(form), 422
    except limits.Later as error:
        return _page(form, problem=error), error.status, {"Retry-After": str(error.seconds)}
    record_id = store.record_of(database(), form.reference.data, code)
    if record_id is None:
        return _page(form, unknown=True), 404
    return _page(form, progress=progress_of(database(), record_id))


def _page(form: StatusForm, **found: object) -> str:
    return render_template("apply/status.html", form=form, **found)
