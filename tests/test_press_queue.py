"""A press that hangs keeps a few requests waiting, not the counter: the others hear at once that it is busy."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from flask import Flask
from sqlite_utils import Database
from werkzeug.test import TestResponse

from domain.errors import Unavailable
from printing.workshop import Workshop
from store.staff import Staff
from tests import plates
from tests.browser import Browser
from tests.desk import place, taken
from tests.enrolment import enrol
from tests.papers import form
from views.pressing import MOST_AT_THE_PRESS, patiently, pressed

REQUESTS = MOST_AT_THE_PRESS + 2
PATIENCE = 20.0
Ask = Callable[[], TestResponse]


@pytest.fixture
def frozen(app: Flask) -> Iterator[Workshop]:
    """A press whose process stands still until it is told to go on."""
    workshop = app.extensions["workshop"] = Workshop(plates.folder())
    workshop.render(form(), "zh_first")
    os.kill(workshop.process, signal.SIGSTOP)
    yield workshop
    workshop.close()


@pytest.fixture
def ask(app: Flask, db: Database, clerk: Staff) -> Ask:
    """Ask for a form, from a browser of its own each time."""
    enrol(db)
    address = place(taken(db), "application.pdf", "")
    browsers = iter([Browser(app).sit_down(db, clerk) for _ in range(REQUESTS)])
    return lambda: next(browsers).get(address)


def asked(pool: ThreadPoolExecutor, ask: Ask) -> list[Future[TestResponse]]:
    """Ask as often as there are threads, and let those be answered that are answered at once."""
    asking = [pool.submit(ask) for _ in range(REQUESTS)]
    until = time.monotonic() + PATIENCE
    while sum(one.done() for one in asking) < REQUESTS - MOST_AT_THE_PRESS and time.monotonic() < until:
        time.sleep(0.05)
    return asking


def test_whoever_finds_two_waiting_is_told_at_once_and_those_are_printed(
    frozen: Workshop, ask: Ask, signed_in: Browser
) -> None:
    with ThreadPoolExecutor(REQUESTS) as pool:
        asking = asked(pool, ask)
        answered = [one.result() for one in asking if one.done()]
        home, draft = signed_in.get("/"), signed_in.get("/drafts/new")
        os.kill(frozen.process, signal.SIGCONT)
        wait(asking)
    assert [one.status_code for one in answered] == [503] * (REQUESTS - MOST_AT_THE_PRESS)
    assert all("正在打印，请稍候" in one.text and "པར་འདེབས་བྱེད་བཞིན་ཡོད" in one.text for one in answered)
    assert (home.status_code, draft.status_code) == (200, 200)
    assert Counter(one.result().status_code for one in asking) == {200: MOST_AT_THE_PRESS, 503: len(answered)}


def test_a_preview_that_finds_the_press_busy_says_so_and_the_page_stands(
    frozen: Workshop, ask: Ask, signed_in: Browser, app: Flask, db: Database
) -> None:
    with ThreadPoolExecutor(REQUESTS) as pool:
        asking = asked(pool, ask)
        page = signed_in.get(place(taken(db), "application", ""))
        os.kill(frozen.process, signal.SIGCONT)
        wait(asking)
    assert page.status_code == 200 and "正在打印，请稍候" in page.text


def test_who_has_time_is_not_sent_away(frozen: Workshop, ask: Ask, app: Flask) -> None:
    def patient() -> bytes:
        with app.app_context(), patiently():
            return pressed(form(), "zh_first")

    with ThreadPoolExecutor(REQUESTS + 1) as pool:
        asking = asked(pool, ask)
        batch = pool.submit(patient)
        os.kill(frozen.process, signal.SIGCONT)
        wait(asking)
    assert batch.result().startswith(b"%PDF")


def test_what_is_wanted_ahead_does_not_wait_while_something_is_printed(frozen: Workshop) -> None:
    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(frozen.render, form(), "zh_first")
        until = time.monotonic() + PATIENCE
        while not frozen._one_at_a_time.locked() and time.monotonic() < until:
            time.sleep(0.01)
        with pytest.raises(Unavailable, match=r"paper\.busy"):
            frozen.prepare([form()], "zh_first")
        os.kill(frozen.process, signal.SIGCONT)
    assert printing.result().startswith(b"%PDF")
