"""One application on the desk (核保件) and the decision on it."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from domain.decision import Decision
from domain.words import Outcome
from hub import decisions
from hub.case import Case, open_case
from hub.forms.decision import DecisionForm
from hub.store import files
from hub.store.engine import read, write
from hub.views.here import here, underwriter

HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline; filename=picture"}
application = Blueprint("application", __name__, url_prefix="/applications/<point>/<record_id>")


@application.get("")
def show(point: str, record_id: str) -> ResponseReturnValue:
    """Show the whole application, what the rules say of it, and the three answers."""
    case = _case(point, record_id)
    return _page(case, DecisionForm(case, case.contents()[1]) if case.is_open else None)


@application.get("/pictures/<picture>")
def picture(point: str, record_id: str, picture: str) -> Response:
    """Show one photograph that the point sent for it, once all of it is here."""
    with read(here().engine) as connection:
        media_type, data = files.picture(connection, point, record_id, picture)
    return Response(data, mimetype=media_type, headers=HARMLESS)


@application.post("/decision")
def decide(point: str, record_id: str) -> ResponseReturnValue:
    """Accept, decline with reasons, or ask once for papers; then back to what waits."""
    case = _case(point, record_id)
    form = DecisionForm(case, case.contents()[1])
    if not form.validate_on_submit():
        return _page(case, form), 422
    _decide(case, form)
    return redirect(url_for("desk.show"), code=303)


def _case(point: str, record_id: str) -> Case:
    with read(here().engine) as connection:
        return open_case(connection, point, record_id)


def _page(case: Case, form: DecisionForm | None) -> str:
    return render_template("hub/application.html", case=case, form=form)


def _decide(case: Case, form: DecisionForm) -> Decision:
    record, product = case.contents()
    with write(here().engine, case.summary.point) as connection:
        subject = decisions.still_waiting(connection, case.summary.point, case.summary.record_id, form.looked_at)
        by, note = underwriter(), form.note.data
        match form.outcome.data:
            case Outcome.ACCEPTED:
                return decisions.accept(connection, subject, record, product, by, note)
            case Outcome.DECLINED:
                return decisions.decline(connection, subject, form.reason_texts, by, note)
            case _:
                return decisions.ask(connection, subject, tuple(form.missing.data), by, note)
