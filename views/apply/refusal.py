"""What goes wrong on the public side, said in both languages with the way back to the form."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Response, render_template, request
from werkzeug.exceptions import HTTPException

from domain.errors import TshegError
from domain.problems import MESSAGES
from domain.words import Language
from i18n import TAGS, text
from store.connection import StoreError
from store.trouble import understood
from views import errors
from views.apply import apply
from views.apply.as_json import as_json

RETRY_SECONDS = "60"


def status_of(error: TshegError) -> int:
    """Return the answer's status: what the point may not take now is for later, not the trader's mistake."""
    return 503 if error.status == 403 else error.status


@apply.errorhandler(TshegError)
def refused(error: TshegError) -> Response:
    """Answer what the program itself refuses."""
    return said(status_of(error), MESSAGES[error.code], error.code, error.values)


@apply.errorhandler(HTTPException)
def http(error: HTTPException) -> Response:
    """Answer what the web's own rules refuse."""
    status = error.code or 500
    return said(status, errors.advice(status), "http")


@apply.errorhandler(StoreError)
def database(error: StoreError) -> Response:
    """Answer a disk that is full, busy or broken."""
    trouble = understood(error)
    if trouble is None:
        return unexpected(error)
    errors.log(error, trouble.status)
    return said(trouble.status, MESSAGES[trouble.code], trouble.code)


@apply.errorhandler(Exception)
def unexpected(error: Exception) -> Response:
    """Answer an error nobody thought of."""
    errors.log(error, 500)
    return said(500, errors.advice(500), "unexpected")


def said(status: int, message: str, code: str, values: Mapping[str, str] = MappingProxyType({})) -> Response:
    """Return a page in both languages, to a phone's script the same as JSON."""
    title = errors.title(status)
    both = {language: (text(language, title), text(language, message, **values)) for language in Language}
    if request.path.endswith("/submissions"):
        response = as_json({"problem": "\n".join(line for _title, line in both.values()), "code": code}, status)
    else:
        response = Response(render_template("apply/said.html", said=both, tags=TAGS), status)
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response
