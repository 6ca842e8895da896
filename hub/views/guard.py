"""The door: every page but a few asks who is there, before anything else happens."""

from flask import Flask, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from hub import admission
from hub.views.here import here

PUBLIC = frozenset({"static", "kept", "language", "exchange.take", "session.new", "setup.new",
                    "status.show", "status.ask"})  # fmt: skip
COOKIE = "sid"


def init_app(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_admit)


def begin(token: str) -> None:
    """Let this browser hold *token* and nothing it held before, so that no earlier cookie can be used."""
    session.clear()
    session[COOKIE] = token


def end() -> None:
    """Sign out whoever sits here."""
    admission.sign_out(here(), session.get(COOKIE, ""))
    session.clear()


def _admit() -> Response | None:
    g.underwriter = admission.admit(here(), session[COOKIE]) if COOKIE in session else None
    if g.underwriter or request.endpoint in PUBLIC:
        return None
    session.pop(COOKIE, None)
    # Only an address somebody can go back to, and without its query.
    wanted = request.path if request.method == "GET" else "/"
    endpoint = "session.new" if admission.is_set_up(here()) else "setup.new"
    return redirect(url_for(endpoint, next=wanted if endpoint == "session.new" else None), code=303)
