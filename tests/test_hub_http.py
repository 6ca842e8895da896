"""``POST /exchange`` as a point sees it: status, type, size, and what happens when the hub cannot answer now."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Semaphore

import pytest
import urllib3
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from hub import waiting
from hub.answer import Answer
from hub.installation import Installation
from hub.quota import Meter
from hub.rate import WINDOW, Rate
from hub.store import tables
from hub.store.engine import read
from hub.views import exchange as views
from tests.browser import Browser
from tests.insurer import Counter, application, lead
from tests.served import THREADS, served
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


def test_who_waited_too_long_for_a_free_thread_is_told_so_at_once(
    hub_app: Flask, counter: Counter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    inside, go_on, answered = Semaphore(0), Event(), views._answer

    def held_up() -> Answer:
        inside.release()
        go_on.wait()
        return answered()

    monkeypatch.setattr(views, "_answer", held_up)
    with served(hub_app) as url, ThreadPoolExecutor(THREADS + 1) as pool:
        post = partial(urllib3.request, "POST", f"{url}/exchange", body=counter.message([]), retries=False)
        first = [pool.submit(post) for _ in range(THREADS)]
        for _ in first:
            inside.acquire()
        monkeypatch.setattr(waiting, "LONGEST", 0.1)
        caplog.clear()
        last = pool.submit(post)
        while not any(record.name == "waitress.queue" for record in caplog.records):
            time.sleep(0.01)
        time.sleep(2 * waiting.LONGEST)
        go_on.set()
        assert [one.result().status for one in first] == [200] * THREADS
        said = last.result()
    assert (said.status, said.data) == (503, b"")
    assert waiting.SOONEST <= int(said.headers["Retry-After"]) <= waiting.LATEST


def settings(line: Browser, **changes: int) -> None:
    for name, value in changes.items():
        object.__setattr__(line.application.config["INSTALLATION"].settings, name, value)


def test_it_slows_down_an_address_that_proves_nothing(line: Browser, counter: Counter, monkeypatch):
    monkeypatch.setattr("hub.views.exchange.rate", Rate(lambda: 10.0))
    settings(line, unproved_per_minute=2)
    answers = [line.post("/exchange", data=b"x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [400, 400, 429]
    assert (answers[-1].headers["Retry-After"], answers[-1].data) == ("50", b"")


def test_who_proves_himself_is_not_counted_by_his_address(line: Browser, counter: Counter, monkeypatch):
    monkeypatch.setattr("hub.views.exchange.rate", Rate(lambda: 10.0))
    settings(line, unproved_per_minute=2)
    assert [line.post("/exchange", data=counter.message([])).status_code for _ in range(4)] == [200] * 4


def test_it_slows_down_one_point_and_no_other(line: Browser, counter: Counter, hub: Installation, monkeypatch):
    monkeypatch.setattr("hub.views.exchange.meter", Meter(Rate(lambda: 10.0)))
    settings(line, point_requests_per_minute=2)
    data = counter.message([])
    answers = [line.post("/exchange", data=data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    told = counter.open(answers[-1].data).header.problem
    assert told
    assert (told.code, told.retry_after, answers[-1].headers["Retry-After"]) == (ProblemCode.QUOTA, 50, "50")
    other = Counter(hub, "NM").enrolled()
    assert line.post("/exchange", data=other.message([])).status_code == 200


def test_it_takes_no_more_entries_an_hour_than_a_point_may_send(line: Browser, counter: Counter, hub: Installation):
    settings(line, point_entries_per_hour=3)
    first = [counter.write(lead(counter.stamp)) for _ in range(3)]  # with the product that came down, four
    assert line.post("/exchange", data=counter.message(first)).status_code == 200
    later = counter.write(lead(counter.stamp))
    refused = line.post("/exchange", data=counter.message([later]))
    told = counter.open(refused.data).header.problem
    assert told
    assert (refused.status_code, told.code, told.retry_after in range(3590, 3601)) == (429, ProblemCode.QUOTA, True)
    assert line.post("/exchange", data=counter.message([])).status_code == 200
    settings(line, point_entries_per_hour=5)
    assert line.post("/exchange", data=counter.message([later])).status_code == 200
    assert entries(hub) == [1, 2, 3, 4]


def test_a_clock_that_stood_ahead_stops_no_point(line: Browser, counter: Counter, hub: Installation, monkeypatch):
    monkeypatch.setattr("hub.store.journal.now", lambda: "2036-01-01T00:00:00Z")
    line.post("/exchange", data=counter.message([counter.write(lead(counter.stamp))]))
    settings(line, point_entries_per_hour=1)
    assert line.post("/exchange", data=counter.message([counter.write(lead(counter.stamp))])).status_code == 200


def entries(hub: Installation) -> list[int]:
    entry = tables.entry.c
    with read(hub.engine) as connection:
        return list(connection.scalars(select(entry.seq).where(entry.producer == "JL").order_by(entry.seq)))


def test_the_count_begins_again_every_minute_and_for_everybody():
    moment = [0.0]
    rate = Rate(lambda: moment[0])
    rate.count("a")
    assert [rate.wait("a", 1), rate.wait("a", 2), rate.wait("b", 1)] == [WINDOW, 0, 0]
    moment[0] = 60.0
    assert rate.wait("a", 1) == 0
