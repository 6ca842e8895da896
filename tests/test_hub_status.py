"""Where an application stands, asked at the insurer's hub: the same page, secrecy and limits as at a point."""

import dataclasses
import hmac
from collections.abc import Callable

import msgspec
import pytest
from flask import Flask
from sqlalchemy import event, select

from domain.application import Application
from domain.reference import reference_for
from domain.visits import HOUR, PERIOD, PERIODS, Limit, subject
from hub import create_app, decisions
from hub.decisions import Subject
from hub.installation import Installation
from hub.store import erasure, status, tables, visits
from hub.store.engine import read, write
from hub.views.status import STATUS_TRIES
from tests.browser import Browser
from tests.insurer import Counter, application, for_underwriter
from tests.sample import PRODUCT
from wire.entry import NO_SALT, Entry
from wire.status_code import code_of, grouped, status_code

WRONG = "0" * 16
NOWHERE = reference_for("nobody", "JL", 2026)
START = 1_800_000_000.0


@pytest.fixture
def entry(counter: Counter) -> Entry:
    """An application that an underwriter has to decide."""
    entry = counter.write(for_underwriter(counter.stamp))
    counter.send()
    return entry


@pytest.fixture
def reference(hub: Installation, entry: Entry) -> str:
    with read(hub.engine) as connection:
        query = select(tables.application.c.reference).where(tables.application.c.record_id == entry.record_id)
        return str(connection.scalar(query))


@pytest.fixture
def ask(hub_app: Flask) -> Callable[..., str]:
    """Ask from an address of one's own each time, so that no limit is met."""
    phone, numbers = Browser(hub_app), iter(range(1, 250))

    def ask(reference: str, code: str, expect: int = 200, **more: str) -> str:
        answer = phone.post(
            "/status",
            data={"reference": reference, "code": code, **more},
            environ_base={"REMOTE_ADDR": f"203.0.113.{next(numbers)}"},
        )
        assert answer.status_code == expect
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.text

    return ask


def test_anybody_may_open_the_page_in_their_language(hub_app: Flask, entry: Entry) -> None:
    page = Browser(hub_app).get("/status", headers={"Accept-Language": "bo"})
    assert page.status_code == 200
    assert 'html lang="bo"' in page.text
    assert "Set-Cookie" not in page.headers


def test_the_right_code_is_told_what_the_hub_holds(ask: Callable[..., str], entry: Entry, reference: str) -> None:
    page = ask(reference.lower(), grouped(status_code(entry)))
    assert "保险公司已收到，正在核保" in page
    assert "5个工作日" in page
    assert "吉隆示例边贸" not in page


def test_it_says_which_papers_are_asked_for(
    hub: Installation, ask: Callable[..., str], entry: Entry, reference: str
) -> None:
    with write(hub.engine, "JL") as connection:
        decisions.ask(connection, Subject("JL", entry.record_id, 1, reference), ("invoice", "delivery-note"), "rules")
    page = ask(reference, status_code(entry))
    assert [paper.name.zh for paper in PRODUCT.documents if f"<li>{paper.name.zh}</li>" in page] == [
        "发票",
        "送货单或者签收凭证",
    ]
    assert "带到示例服务点" in page


def test_an_accepted_one_names_its_policy(counter: Counter, ask: Callable[..., str]) -> None:
    entry = counter.write(application(counter.stamp))
    counter.send()
    record = msgspec.json.decode(entry.body, type=Application)
    assert "保险公司已承保。保单号" in ask(str(record.reference), status_code(entry))


def erase(hub: Installation, entry: Entry) -> None:
    with write(hub.engine, "JL") as connection:
        erasure.erase(connection, "JL", entry.record_id)


def test_unknown_wrong_and_erased_get_the_same_bytes(
    hub: Installation, ask: Callable[..., str], entry: Entry, reference: str
) -> None:
    code = status_code(entry)
    wrong, unknown = ask(reference, WRONG, 404), ask(NOWHERE, WRONG, 404)
    erase(hub, entry)
    assert ask(reference, code, 404).replace(code, WRONG) == wrong
    assert unknown.replace(NOWHERE, reference) == wrong
    ask(reference, code_of(NO_SALT, entry.record_id), 404)


def test_unknown_wrong_right_and_erased_cost_the_same_work(
    hub: Installation, entry: Entry, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    event.listen(hub.engine, "before_cursor_execute", lambda _c, _u, statement, *_: work.append(statement))
    compared = hmac.compare_digest

    def compare(one: str, other: str) -> bool:
        work.append("compare")
        return compared(one, other)

    monkeypatch.setattr("hub.store.status.hmac.compare_digest", compare)

    def cost(reference: str, code: str) -> list[str]:
        with read(hub.engine) as connection:
            work.clear()
            status.record_of(connection, reference, code)
            return list(work)

    right = status_code(entry)
    costs = [cost(reference, right), cost(reference, "0" * 16), cost(NOWHERE, right)]
    erase(hub, entry)
    costs.append(cost(reference, right))
    assert len(costs[0]) == 3
    assert costs == [costs[0]] * 4


def post(app: Flask, reference: str, address: str) -> int:
    data = {"reference": reference, "code": WRONG}
    return Browser(app).post("/status", data=data, environ_base={"REMOTE_ADDR": address}).status_code


def test_ten_an_hour_for_a_reference_whether_it_exists_or_not(hub_app: Flask, reference: str) -> None:
    for asked in (reference, NOWHERE):
        answers = [post(hub_app, asked, f"198.51.100.{number}") for number in range(STATUS_TRIES + 1)]
        assert answers == [404] * STATUS_TRIES + [429]


def test_so_many_an_hour_for_an_address_counted_by_all_workers_together(hub: Installation, reference: str) -> None:
    tight = dataclasses.replace(hub.settings, status_per_address=3)
    workers = [create_app(tight) for _ in range(2)]
    answers = [post(workers[number % 2], (reference, NOWHERE)[number % 2], "198.51.100.1") for number in range(4)]
    for worker in workers:
        worker.config["INSTALLATION"].engine.dispose()
    assert answers == [404] * 3 + [429]


def test_visits_are_let_in_again_and_swept_after_an_hour(hub: Installation) -> None:
    limit = Limit("status", subject(b"k" * 32, "status", NOWHERE), 2)
    with write(hub.engine, visits.LOCK) as connection:
        waits = [visits.count(connection, [limit], START + at) for at in (0, PERIOD, PERIOD, HOUR - 1, HOUR)]
        assert waits == [0, 0, HOUR - PERIOD, 1, 0]
        assert sorted(connection.scalars(select(tables.visit.c.period))) == [
            int(START) // PERIOD + 1,
            int(START) // PERIOD + PERIODS,
        ]


def test_neither_reference_nor_address_is_kept_in_clear(hub: Installation, hub_app: Flask, reference: str) -> None:
    post(hub_app, reference, "203.0.113.77")
    with read(hub.engine) as connection:
        kept = repr([tuple(row) for row in connection.execute(select(tables.visit))])
    assert reference not in kept
    assert "203.0.113.77" not in kept
