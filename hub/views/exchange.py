"""``POST /exchange``: messages of the points, signed answers of the hub. No session, no cookie, no form."""

from flask import Blueprint, Response, request
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from werkzeug.exceptions import RequestEntityTooLarge

from domain.errors import Unavailable
from hub.exchange import Answer, refuse
from hub.exchange import exchange as answered
from hub.rate import Rate
from hub.views.here import here
from wire.header import ProblemCode

CONTENT_TYPE = "application/octet-stream"
BUSY_SECONDS = 5

exchange = Blueprint("exchange", __name__)
rate = Rate()


@exchange.post("/exchange")
def take() -> Response:
    """Answer one message. Before it is read: 429 for too many from one address; 503 when the database is busy."""
    wait = rate.wait(request.remote_addr or "", here().settings.requests_per_minute)
    if wait:
        return _later(429, wait)
    try:
        answer = _answer()
    except (OperationalError, TimeoutError, Unavailable):
        return _later(503, BUSY_SECONDS)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return _later(503, BUSY_SECONDS)
    return Response(answer.body, answer.status, content_type=CONTENT_TYPE)


def _answer() -> Answer:
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return refuse(here(), ProblemCode.TOO_LARGE)
    return answered(here(), data)


def _later(status: int, seconds: int) -> Response:
    return Response(status=status, headers={"Retry-After": str(seconds)})
