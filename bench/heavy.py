"""The references: a page as heavy as the lightest web form of the peers, in bytes that no compression makes fewer; and
a page with one field and nothing else, which shows what the machine and the method take."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

REQUESTS = 5
# ODK Web Forms with its fonts cut out, compressed with brotli.
BYTES = 440_038
SCRIPTS = range(1, REQUESTS)
BARE = '<!doctype html><meta name="viewport" content="width=device-width"><form id="form"><input></form>'
PAGE = (BARE + "".join(f'<script type="module" src="/{number}.js"></script>' for number in SCRIPTS)).encode()
BALLAST = f"//{random.Random(1).randbytes(BYTES // len(SCRIPTS)).hex()}"[: BYTES // len(SCRIPTS)].encode()


class Heavy(BaseHTTPRequestHandler):
    """Answers with the page, or with one of its scripts."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        pages = {"/": PAGE, "/bare": BARE.encode()}
        body, kind = (pages[self.path], "text/html") if self.path in pages else (BALLAST, "text/javascript")
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def heavy() -> Iterator[str]:
    """Serve the page and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Heavy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
