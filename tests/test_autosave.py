"""What a step tells while it is typed: "saved" is said only when the server said so."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import STATIC

STEP = """<!doctype html><meta charset="utf-8"><meta name="csrf-token" content="token"><link rel="icon" href="data:,">
<form data-autosave="/save"><p class="field"><input name="name" id="name"></p>
<p class="saved" data-saving="正在保存" data-saved="已保存" data-unsaved="未保存"></p></form>
<script type="module" src="/static/js/app.js"></script>"""
JSON = {"Content-Type": "application/json"}
KEPT = (200, JSON, json.dumps({"saved": True}))
PORTAL = (200, {"Content-Type": "text/html"}, "<h1>Free Wi-Fi</h1>")
REFUSED = (200, JSON, json.dumps({"saved": False}))
TO_SIGN_IN = (302, {"Location": "/elsewhere"}, "")
HANG_UP = None
# Milliseconds the page waits after the last change before it saves; twice that before it tries again.
PAUSE = 1_200

Answer = tuple[int, dict[str, str], str] | None


class Server(ThreadingHTTPServer):
    """Gives the answers it was told to and then keeps everything; remembers what came."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.received: Queue[tuple[str, str]] = Queue()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        script = self.path.endswith(".js")
        body = (STATIC / self.path.removeprefix("/static/")).read_text("utf-8") if script else STEP
        self.reply(200, {"Content-Type": "text/javascript" if script else "text/html"}, body)

    def do_POST(self) -> None:
        typed = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["name"][0]
        self.server.received.put((typed, self.headers["X-CSRFToken"]))
        answer = self.server.answers.pop(0) if self.server.answers else KEPT
        if answer:
            self.reply(*answer)

    def reply(self, status: int, headers: dict[str, str], body: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing on the terminal."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Page:
    """A step whose clock stands still until the test lets it go on."""
    page = chromium.new_page()
    page.clock.install(time=0)
    page.goto(server.url)
    page.clock.pause_at(3600)
    return page


def test_it_says_saved_when_the_server_kept_it(page: Page, server: Server) -> None:
    page.fill("#name", "扎西顿珠")
    page.clock.run_for(PAUSE)
    expect(page.locator(".saved")).to_have_text("已保存")
    assert server.received.get() == ("扎西顿珠", "token")


def test_it_waits_until_the_hand_rests(page: Page, server: Server) -> None:
    for name in ("扎", "扎西", "扎西顿珠"):
        page.fill("#name", name)
        page.clock.run_for(PAUSE - 1)
    page.clock.run_for(PAUSE)
    expect(page.locator(".saved")).to_have_text("已保存")
    assert server.received.get() == ("扎西顿珠", "token")
    assert server.received.empty()


@pytest.mark.parametrize("answer", [HANG_UP, PORTAL, REFUSED, TO_SIGN_IN, (500, JSON, "{}"), (403, *KEPT[1:])])
def test_it_says_unsaved_and_tries_again_after(page: Page, server: Server, answer: Answer) -> None:
    server.answers = [answer]
    page.fill("#name", "卓玛")
    page.clock.run_for(PAUSE)
    expect(page.locator(".saved")).to_have_text("未保存")
    page.clock.run_for(2 * PAUSE)
    expect(page.locator(".saved")).to_have_text("已保存")
    assert [server.received.get()[0] for _ in range(2)] == ["卓玛", "卓玛"]


def test_leaving_the_page_saves_what_was_just_typed(page: Page, server: Server) -> None:
    page.fill("#name", "巴桑次仁")
    page.goto("about:blank")
    assert server.received.get(timeout=30)[0] == "巴桑次仁"


def test_nothing_is_sent_while_nothing_is_typed(page: Page, server: Server) -> None:
    page.clock.run_for(PAUSE)
    page.goto("about:blank")
    page.goto(server.url)
    page.fill("#name", "次仁")
    page.goto("about:blank")
    assert server.received.get(timeout=30)[0] == "次仁"
