"""What goes wrong, as a page in the reader's language; the one place where the hub's errors become answers."""

import logging

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from domain.errors import Conflict, NotFound, Refused, TshegError, Unavailable

log = logging.getLogger("tsheg.hub")


def init_app(app: Flask) -> None:
    """Answer every error with a page."""
    app.register_error_handler(TshegError, refused)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)


def refused(error: TshegError) -> ResponseReturnValue:
    """Answer what the program itself refuses."""
    return render_template("hub/error.html", problem=error), error.status


def http(error: HTTPException) -> ResponseReturnValue:
    """Answer what the web's own rules refuse."""
    if isinstance(error, CSRFError):
        return _page(Refused("hub.form_expired"), error.code)
    if error.code == 404:
        return _page(NotFound("hub.no_page"), error.code)
    return _page(Conflict("hub.no_such_action"), error.code)


def unexpected(error: Exception) -> ResponseReturnValue:
    """Answer an error nobody thought of; only its kind is logged, for its text may hold somebody's data."""
    log.error("unexpected %s", type(error).__name__)
    return _page(Unavailable("hub.failed"), 500)


def _page(error: TshegError, status: int | None) -> ResponseReturnValue:
    return render_template("hub/error.html", problem=error), status or 500
