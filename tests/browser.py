"""A browser without a screen: keeps cookies, sends forms, can be sat at without typing a PIN."""

import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlite_utils import Database
from werkzeug.test import TestResponse

from store import sessions
from store.staff import Staff
from tests import contract

PIN = "271828"
PEPPER = b"pepper of the tests".ljust(32)


def multipart(fields: Mapping[str, str], files: Sequence[tuple[bytes, str]], field: str = "file") -> dict[str, Any]:
    """Return a form with files as a browser sends it, ready for ``post``; the client's own leaves large ones open."""
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [f"{head.format(name)}\r\n\r\n{value}".encode() for name, value in fields.items()]
    parts += [f'{head.format(field)}; filename="{name}"\r\n\r\n'.encode() + data for data, name in files]
    body = b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


class Browser(FlaskClient):
    """A client that takes the CSRF token from a page before it sends a form, as people's browsers do."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app, app.response_class)

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Send a request and read the whole answer, so that no file stays open; hold it against the description."""
        answer = super().open(*args, **{"buffered": True, **options})
        contract.hold(answer)
        return answer

    def submit(self, url: str, **fields: Any) -> TestResponse:
        """Send *fields* to *url* as a form."""
        return self.post(url, data={"csrf_token": self.csrf_token(), **fields})

    def csrf_token(self) -> str:
        """Return the token of this browser's session."""
        page = self.get("/session/new", follow_redirects=True).text
        return str(re.findall('name="csrf-token" content="([^"]+)"', page)[0])

    def sit_down(self, db: Database, person: Staff) -> "Browser":
        """Begin *person*'s session here without the cost of a PIN."""
        return self.hold(sessions.start(db, person.id, time.time()))

    def hold(self, token: str) -> "Browser":
        """Put the token of a session into this browser's cookie."""
        with self.session_transaction() as cookie:
            cookie["sid"] = token
        return self

    def token(self) -> str:
        """Return the token in this browser's cookie."""
        with self.session_transaction() as cookie:
            return str(cookie["sid"])

    def cookie(self) -> str:
        """Return this browser's cookie as another browser can hold it."""
        held = self.get_cookie("tsheg")
        assert held
        return held.value
