"""docs/openapi.json is what the hub does: every address, every status, every answer."""

import json
from collections.abc import Callable

import pytest
from flask import Flask, Response
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from hub.api import PATHS, describe
from hub.installation import Installation
from hub.quota import Meter
from hub.rate import Rate
from hub.store import points
from hub.store.engine import write
from tests.browser import Browser
from tests.contract import DESCRIBED, hold
from tests.insurer import Counter, lead
from wire.header import ProblemCode

RESPONSES = DESCRIBED["paths"]["/exchange"]["post"]["responses"]
ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
Made = Callable[["Scene"], TestResponse]


class Scene:
    """A point's line to the hub, and what a test may do to either."""

    def __init__(self, app: Flask, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
        self.line, self.counter, self.patch = Browser(app), counter, monkeypatch
        self.hub: Installation = app.config["INSTALLATION"]

    def post(self, data: bytes) -> TestResponse:
        """Send *data*."""
        return self.line.post("/exchange", data=data)

    def limit(self, name: str) -> None:
        """Allow one request of that kind a minute."""
        object.__setattr__(self.hub.settings, name, 1)

    def fail(self, error: Exception) -> TestResponse:
        """Send a record while the database answers with *error*."""

        def broken(*_: object) -> None:
            raise error

        self.patch.setattr("hub.intake.take", broken)
        return self.post(self.counter.message([self.counter.write(lead(self.counter.stamp))]))


def gap(scene: Scene) -> TestResponse:
    entries = [scene.counter.write(lead(scene.counter.stamp)) for _ in range(2)]
    return scene.post(scene.counter.message(entries[1:]))


def revoked(scene: Scene) -> TestResponse:
    with write(scene.hub.engine) as connection:
        points.revoke(connection, "JL")
    return scene.post(scene.counter.message([]))


def over_quota(scene: Scene) -> TestResponse:
    scene.patch.setattr("hub.views.exchange.meter", Meter())
    scene.limit("point_requests_per_minute")
    scene.post(scene.counter.message([]))
    return scene.post(scene.counter.message([]))


def unproved(scene: Scene) -> TestResponse:
    scene.patch.setattr("hub.views.exchange.rate", Rate())
    scene.limit("unproved_per_minute")
    scene.post(b"x")
    return scene.post(b"x")


MADE: list[tuple[int, str, Made]] = [
    (200, "taken", lambda scene: scene.post(scene.counter.message([scene.counter.write(lead(scene.counter.stamp))]))),
    (400, "unreadable", lambda scene: scene.post(b"x")),
    (401, "stranger", lambda scene: scene.post(Counter(scene.hub, "NM").message([]))),
    (403, "revoked", revoked),
    (409, "gap", gap),
    (413, "large", lambda scene: scene.post(b"\0" * (2 << 20))),
    (429, "over quota", over_quota),
    (429, "unproved", unproved),
    (500, "broken", lambda scene: scene.fail(RuntimeError("示例"))),
    (503, "busy", lambda scene: scene.fail(OperationalError("INSERT", {}, Exception("busy")))),
]


def test_the_file_is_what_the_hub_says_of_itself():
    assert json.loads(json.dumps(describe())) == DESCRIBED


def test_every_problem_stands_at_a_status():
    told = {code for code in ProblemCode if any(f"`{code}`" in said["description"] for said in RESPONSES.values())}
    assert set(ProblemCode) - told == {ProblemCode.OTHER, ProblemCode.CURSOR}  # only read, never said


def test_every_address_that_is_no_page_is_described(hub_app: Flask):
    without_token = {blueprint.name for blueprint in hub_app.extensions["csrf"]._exempt_blueprints}
    rules = hub_app.url_map.iter_rules()
    assert {rule.rule for rule in rules if rule.endpoint.split(".")[0] in without_token - {"status"}} == set(PATHS)
    assert not hub_app.extensions["csrf"]._exempt_views


@pytest.mark.parametrize(
    ("status", "make"), [(status, make) for status, _, make in MADE], ids=[why for _, why, _ in MADE]
)
def test_every_status_that_is_described_can_happen(
    hub_app: Flask, counter: Counter, monkeypatch, status: int, make: Made
):
    assert make(Scene(hub_app, counter, monkeypatch)).status_code == status


def test_no_status_is_described_that_is_not_shown_here():
    assert {int(status) for status in RESPONSES} == {status for status, _, _ in MADE}


@pytest.mark.parametrize(
    "answer",
    [
        Response(b"TSHEG1\n{}\n\n", 200, ALWAYS, content_type="application/octet-stream"),
        Response(b"<p>", 200, ALWAYS, content_type="text/html"),
        Response(b"x", 418, ALWAYS),
        Response(b"", 429, ALWAYS | {"Retry-After": "soon"}),
        Response(b"", 503, ALWAYS),
        Response(b"", 500, ALWAYS, content_type="text/html"),
        Response(b"x", 500, {"Cache-Control": "public"}, content_type="text/html"),
    ],
)
def test_an_answer_that_is_not_described_is_noticed(answer: Response):
    app = Flask("other")
    app.add_url_rule("/exchange", view_func=lambda: answer, methods=["POST"])
    with pytest.raises((AssertionError, KeyError)):
        hold(app.test_client().post("/exchange"))
