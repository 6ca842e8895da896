"""How much a browser may send at once: a message's worth, and more only where somebody signed in brings bundles."""

from flask import Flask, g, request

# One bundle of the largest kind, or many of the usual, and the form around them.
FILE_BYTES = {"stick.take": 65 << 20}


def init_app(app: Flask) -> None:
    """Decide after the door and before anything reads what was sent."""
    app.before_request(_allow)


def _allow() -> None:
    most = FILE_BYTES.get(request.endpoint or "")
    if most and g.underwriter:
        request.max_content_length = most
