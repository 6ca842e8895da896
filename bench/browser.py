"""A browser without a screen: one kept connection, cookies, redirects, and forms sent with their token."""

import re
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile('name="csrf-token" content="([^"]+)"')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Browser:
    """Somebody at a service point on this machine's *port*."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: SimpleCookie = SimpleCookie()

    def close(self) -> None:
        """Leave."""
        self.connection.close()

    def get(self, path: str) -> str:
        """Return the page at *path*, wherever it leads; any other answer is an error."""
        return self._go("GET", path)

    def post(self, path: str, page: str, **fields: str) -> str:
        """Send a form that stood on *page* and return the page it leads to."""
        token = TOKEN.findall(page)[0]
        return self._go("POST", path, urlencode({"csrf_token": token, **fields}))

    def sign_in(self, name: str, pin: str) -> str:
        """Sign in and return the home page."""
        return self.post("/session/new", self.get("/session/new"), name=name, pin=pin)

    def _go(self, method: str, path: str, body: str | None = None) -> str:
        cookies = "; ".join(f"{name}={kept.value}" for name, kept in self.cookies.items())
        self.connection.request(method, path, body, {"Cookie": cookies, **(FORM if body else {})})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(line)
        if answer.status in (302, 303):
            return self._go("GET", _path(answer.headers["Location"]))
        if answer.status != 200:
            raise AssertionError(f"{method} {path}: {answer.status}")
        return page


def _path(location: str) -> str:
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
