"""``POST /exchange``: messages of the points, signed answers of the hub. No session, no cookie, no form."""

from flask import Blueprint, Response, request
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from werkzeug.exceptions import RequestEntityTooLarge

from domain.errors import Unavailable
from hub import waiting
from hub.answer import Answer, refuse
from hub.exchange import exchange as answered
from hub.quota import Meter
from hub.rate import Rate
from hub.views.here import here
from wire.header import ProblemCode

CONTENT_TYPE = "application/octet-stream"
BUSY_SECONDS = 5

exchange = Blueprint("exchange", __name__)
rate = Rate()
meter = Meter()


@exchange.post("/exchange")
def take() -> Response:
    """Answer one message, or, unsigned, 429 to an address that sent too many unproved ones and 503 while we cannot."""
    if waiting.too_long(request.environ):
        return _later(503, waiting.pause())
    address = request.remote_addr or ""
    if wait := rate.wait(address, here().settings.unproved_per_minute):
        return _later(429, wait)
    try:
        answer = _answer()
    except (OperationalError, TimeoutError, Unavailable):
        return _later(503, BUSY_SECONDS)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        return _later(503, BUSY_SECONDS)
    if answer.asked is None:
        rate.count(address)
    return _signed(answer)


def _answer() -> Answer:
    try:
        data = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return refuse(here(), ProblemCode.TOO_LARGE)
    return answered(here(), data, meter)


def _signed(answer: Answer) -> Response:
    said = Response(answer.body, answer.status, content_type=CONTENT_TYPE)
    if answer.retry_after:
        said.headers["Retry-After"] = str(answer.retry_after)
    return said


def _later(status: int, seconds: int) -> Response:
    answer = Response(status=status, headers={"Retry-After": str(seconds)})
    del answer.headers["Content-Type"]
    return answer
