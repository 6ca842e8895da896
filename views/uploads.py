"""How much a browser may send at once: a form's worth, and more only where somebody signed in brings files."""

from flask import Flask, request

from views import counter

FORM_BYTES = 1 << 20
# One bundle of the largest kind, or many of the usual, and the form around them.
FILE_BYTES = {"stick.upload": 65 << 20}


def init_app(app: Flask) -> None:
    """Decide before anything reads what was sent."""
    app.config["MAX_CONTENT_LENGTH"] = FORM_BYTES
    app.before_request(_allow)


def _allow() -> None:
    most = FILE_BYTES.get(request.endpoint or "")
    if most and counter.current():
        request.max_content_length = most
