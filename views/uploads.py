"""How much a browser may send at once: a form's worth, and more only where somebody signed in brings files."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request

from pictures import entry
from views import counter

FORM_BYTES = 1 << 20
PHOTOGRAPH_BYTES = 3 * entry.MOST_BYTES
# One bundle of the largest kind, or many of the usual, or a pile of scanned papers, and the form around them.
BUNDLE_BYTES = 65 << 20
FILE_BYTES = {
    "draft.pictures": PHOTOGRAPH_BYTES,
    "picture.create": PHOTOGRAPH_BYTES,
    "restoration.show": BUNDLE_BYTES,
    "restoration.frame": PHOTOGRAPH_BYTES,
    "scan.show": PHOTOGRAPH_BYTES,
    "scan.frame": PHOTOGRAPH_BYTES,
    "stick.upload": BUNDLE_BYTES,
}


class InMemory(Request):
    """A request whose files are never written to a temporary file: the original of a photograph is kept nowhere."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def init_app(app: Flask) -> None:
    """Decide before anything reads what was sent."""
    app.request_class = InMemory
    app.config["MAX_CONTENT_LENGTH"] = FORM_BYTES
    app.before_request(_allow)


def _allow() -> None:
    most = FILE_BYTES.get(request.endpoint or "")
    if most and counter.current():
        request.max_content_length = most
