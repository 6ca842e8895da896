"""What goes wrong on the public side, said in both languages with the way back to the form."""

from flask import jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from domain.errors import TshegError
from domain.problems import MESSAGES
from domain.words import Language
from i18n import TAGS, text
from store.connection import StoreError
from store.trouble import understood
from views import errors
from views.apply import apply


def status_of(error: TshegError) -> int:
    """Return the answer's status: what the point may not take now is for later, not the trader's mistake."""
    return 503 if error.status == 403 else error.status


@apply.errorhandler(TshegError)
def refused(error: TshegError) -> Response:
    """Answer what the program itself refuses."""
    return said(status_of(error), MESSAGES[error.code], error.values)


@apply.errorhandler(HTTPException)
def http(error: HTTPException) -> Response:
    """Answer what the web's own rules refuse."""
    status = error.code or 500
    return said(status, errors.advice(status), {})


@apply.errorhandler(StoreError)
def database(error: StoreError) -> Response:
    """Answer a disk that is full, busy or broken."""
    trouble = understood(error)
    if trouble is None:
        raise error
    return said(trouble.status, MESSAGES[trouble.code], {})


def said(status: int, message: str, values: dict[str, str]) -> Response:
    """Return a page, to a phone's script the same as JSON."""
    both = {
        language: (text(language, errors.title(status)), text(language, message, **values)) for language in Language
    }
    if request.path.endswith("/submissions"):
        response = jsonify(problem=" ".join(line for _title, line in both.values()))
    else:
        response = make_response(render_template("apply/said.html", said=both, tags=TAGS))
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response
