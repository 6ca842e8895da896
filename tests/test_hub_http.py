"""``POST /exchange`` as a point sees it: status, type, size, and what happens when the hub cannot answer now."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from hub.rate import WINDOW, Rate
from tests.browser import Browser
from tests.insurer import Counter, application, lead
from wire.header import ProblemCode
from wire.message import open_message


@pytest.fixture
def line(hub_app: Flask) -> Browser:
    return Browser(hub_app)


def test_it_answers_a_message_with_a_message(line: Browser, counter: Counter):
    counter.write(application(counter.stamp))
    answer = line.post("/exchange", data=counter.message(counter.entries))
    assert (answer.status_code, answer.content_type) == (200, "application/octet-stream")
    opened = counter.open(answer.data)
    assert opened.header.ack
    assert opened.header.ack.seq == 1
    assert [entry.kind for entry in opened.entries] == ["product", "decision"]


def test_it_sets_no_cookie_and_asks_for_none(line: Browser, counter: Counter):
    answer = line.post("/exchange", data=counter.message([]))
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("seqs", "status", "code"),
    [(slice(1, 2), 409, ProblemCode.GAP), (slice(0, 2), 200, None)],
)
def test_the_status_follows_the_problem(
    line: Browser, counter: Counter, seqs: slice, status: int, code: ProblemCode | None
):
    for _ in range(2):
        counter.write(lead(counter.stamp))
    answer = line.post("/exchange", data=counter.message(counter.entries[seqs]))
    problem = counter.open(answer.data).header.problem
    assert answer.status_code == status
    assert (problem.code if problem else None) == code


@pytest.mark.parametrize("size", [(1 << 20) + 1, 3 << 20])
def test_it_signs_its_refusal_of_what_is_too_large(line: Browser, counter: Counter, size: int):
    answer = line.post("/exchange", data=b"\0" * size)
    problem = open_message(answer.data, counter.hub.key.public).header.problem
    assert answer.status_code == 413
    assert problem
    assert problem.code is ProblemCode.TOO_LARGE


def test_it_answers_nothing_to_a_browser(line: Browser):
    assert line.get("/exchange").status_code in (303, 405)


def test_it_says_when_to_come_back_while_the_database_is_busy(line: Browser, counter: Counter, monkeypatch):
    def busy(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr("hub.intake.take", busy)
    answer = line.post("/exchange", data=counter.message([counter.write(lead(counter.stamp))]))
    assert (answer.status_code, answer.headers["Retry-After"], answer.data) == (503, "5", b"")


def test_it_slows_down_who_asks_too_often(line: Browser, counter: Counter, monkeypatch):
    monkeypatch.setattr("hub.views.exchange.rate", Rate(lambda: 10.0))
    object.__setattr__(line.application.config["INSTALLATION"].settings, "requests_per_minute", 2)
    data = counter.message([])
    answers = [line.post("/exchange", data=data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "50"


def test_the_count_begins_again_every_minute_and_for_every_address():
    moment = [0.0]
    rate = Rate(lambda: moment[0])
    assert [rate.wait("a", 1), rate.wait("a", 1), rate.wait("b", 1)] == [0, WINDOW, 0]
    moment[0] = 60.0
    assert rate.wait("a", 1) == 0
