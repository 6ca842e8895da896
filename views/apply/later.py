"""What is said to whoever must come again later, and to a script by what work it is let in at once."""

import msgspec
from werkzeug.wrappers import Response

from domain.errors import Later
from views.apply import apply
from views.apply.limits import WorkFirst
from views.apply.refusal import refused


@apply.errorhandler(Later)
def later(error: Later) -> Response:
    """Answer in both languages; nothing was taken and nothing is lost: the phone keeps what it sent."""
    return put_off(refused(error), error)


def put_off(response: Response, error: Later) -> Response:
    """Say on *response* when to come again."""
    response.headers["Retry-After"] = str(error.seconds)
    if response.mimetype == "application/json" and isinstance(error, WorkFirst):
        answer = msgspec.json.decode(response.get_data())
        response.set_data(msgspec.json.encode(answer | {"challenge": error.challenge}))
    return response
