"""What every answer of the hub carries, and what every unsafe method asks for."""

import re
from html.parser import HTMLParser

import pytest
from flask import Flask

from hub import create_app
from hub.views.headers import HEADERS
from tests.browser import Browser
from tests.insurer import Counter, for_underwriter, settings
from wire.entry import Entry

PAGES = ("/", "/status", "/applications/asked", "/session/new", "/setup", "/applications/JL/x", "/nowhere", "/exchange")
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def unsafe_routes(app: Flask) -> list[tuple[str, str]]:
    return [
        (re.sub("<[^>]+>", "x", str(rule)), method)
        for rule in app.url_map.iter_rules()
        for method in sorted(UNSAFE & (rule.methods or set()))
    ]


class Inline(HTMLParser):
    """Collects what the policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith("on")]
        self.found += [value for name, value in attrs if name in ("src", "href") and value and value.startswith("http")]


@pytest.fixture
def waiting(counter: Counter) -> Entry:
    entry = counter.write(for_underwriter(counter.stamp))
    counter.send()
    return entry


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("page", PAGES)
def test_every_answer_carries_the_headers(desk: Browser, page: str, method: str):
    answer = desk.open(page, method=method)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_policy_allows_nothing_inline_and_no_frame():
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_has_anything_inline_or_from_elsewhere(desk: Browser, waiting: Entry):
    for page in ("/", "/session/new", f"/applications/JL/{waiting.record_id}", "/nowhere"):
        inline = Inline()
        inline.feed(desk.get(page).text)
        assert inline.found == []


def test_every_unsafe_method_but_the_exchange_and_the_public_question_wants_a_token(desk: Browser, hub_app: Flask):
    assert desk.post("/status").status_code == 422
    routes = [route for route in unsafe_routes(hub_app) if route != ("/status", "POST")]
    assert len(routes) > 4
    for path, method in routes:
        answer = desk.open(path, method=method)
        assert (path == "/exchange") is (answer.headers["Content-Type"] == "application/octet-stream")
        assert answer.status_code == 400, path


def test_every_form_carries_a_token(desk: Browser, waiting: Entry):
    for page in ("/", "/session/new", f"/applications/JL/{waiting.record_id}"):
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", desk.get(page).text, re.DOTALL)
        assert forms
        assert all('name="csrf_token"' in form for form in forms)


def test_every_page_but_the_door_asks_who_is_there(hub_app: Flask, desk: Browser, waiting: Entry):
    stranger = Browser(hub_app)
    for page in ("/", "/applications/asked", f"/applications/JL/{waiting.record_id}", "/nowhere"):
        assert stranger.get(page).status_code == 303


def test_no_answer_to_reading_changes_anything(desk: Browser, hub_app: Flask, waiting: Entry):
    def dump() -> list[tuple[object, ...]]:
        with hub_app.config["INSTALLATION"].engine.connect() as connection:
            tables = ("entry", "stream", "application", "decision", "policy", "staff", "point", "product")
            return [tuple(row) for name in tables for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608

    before = dump()
    for page in (*PAGES, f"/applications/JL/{waiting.record_id}", f"/applications/JL/{waiting.record_id}/decision"):
        desk.get(page)
    assert dump() == before


def test_an_error_nobody_thought_of_says_nothing_of_itself(desk: Browser, hub_app: Flask, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("示例·次仁 13900001234")

    hub_app.testing = False
    hub_app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr("hub.store.applications.counts", broken)
    answer = desk.get("/")
    assert answer.status_code == 500
    assert "13900001234" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text


def test_two_hubs_share_no_secret(tmp_path):
    apps = [create_app(settings(tmp_path / name)) for name in ("a", "b")]
    assert apps[0].config["SECRET_KEY"] != apps[1].config["SECRET_KEY"]
    assert apps[0].config["INSTALLATION"].name != apps[1].config["INSTALLATION"].name


def test_the_keys_are_for_their_owner_only(tmp_path):
    app = create_app(settings(tmp_path / "hub"))
    keys = app.config["INSTALLATION"].settings.keys
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in keys.iterdir()} == {0o600}
    assert {path.name for path in keys.iterdir()} == {"signing.key", "age.key", "pepper.key", "session.key"}
