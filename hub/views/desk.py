"""The desk (核保台): what waits for the underwriter, oldest first."""

from collections.abc import Callable
from math import ceil

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.errors import NotFound
from hub.store import applications, backlog
from hub.store.engine import read
from hub.views.here import here

desk = Blueprint("desk", __name__)


@desk.get("/")
@desk.get("/applications/<state>")
def show(state: str = "waiting") -> ResponseReturnValue:
    """List the applications in one state, with the counts of all four."""
    if state not in applications.STATES:
        raise NotFound("hub.no_page")
    page = request.args.get("page", 1, type=int)
    with read(here().engine) as connection:
        counts = applications.counts(connection)
        last = max(1, ceil(counts[state] / applications.PAGE))
        page = min(max(page, 1), last)
        lines = applications.in_state(connection, state, page)
        unjudged = backlog.size(connection)
    shown = {"state": state, "counts": counts, "unjudged": unjudged, "lines": lines, "page": page, "last": last}
    return render_template("hub/desk.html", url=_url(state), **shown)


def _url(state: str) -> Callable[[int], str]:
    return lambda page: url_for("desk.show", state=state, page=page)
