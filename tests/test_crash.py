"""Killed at any moment while applications are taken: what was shown as saved is there, once, and whole."""

import copy
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import urllib3
from flask import Flask
from sqlite_utils import Database
from urllib3.exceptions import HTTPError

from domain.uuid7 import new_uuid7
from settings import Settings
from store import drafts, journal
from store.rehearsal import differing
from store.staff import Staff
from tests import workers
from tests.browser import Browser
from tests.enrolment import enrol
from tests.killing import Victim, figure, often, running, seeded, start
from tests.launched import free_port
from tests.test_draft import Counter

KILLS = 120
KILLS_OF_THE_SERVER = 20
MOST_TRIES = 200
DRAFTS_AT_ONCE = 30


@pytest.fixture
def tmp_path(disk: Path) -> Path:
    """Where a commit takes its time, so that many are killed in the middle of one."""
    return disk


def references(db: Database) -> list[str]:
    return [row[0] for row in db.execute("SELECT reference FROM application ORDER BY id")]


def half_written(db: Database) -> bool:
    """Say whether an application is in one of the tables but not in another."""
    counts = "SELECT (SELECT count(*) FROM journal WHERE kind = 'application'), (SELECT count(*) FROM application), "
    counts += "(SELECT total(value) FROM tally), (SELECT count(*) FROM application_search_docsize)"
    return len(set(db.execute(counts).fetchone())) > 1


def check_whole(db: Database, settings: Settings) -> None:
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert journal.verify(db) == []
    assert differing(db, settings.cache, "") == []


def saved_until_killed(work: Callable[..., None], settings: Settings, chance: Random) -> list[str]:
    """Let *work* take applications, kill it at a random moment, return the references it called saved."""
    victim = start(work, settings.data)
    for _ in range(chance.randint(1, 6)):
        victim.listen()
    time.sleep(chance.uniform(0, 0.006))
    return victim.kill()[1:]


def test_no_application_that_was_called_saved_is_lost_or_doubled(app: Flask, settings: Settings, db: Database):
    enrol(db)
    chance = seeded()
    saved: list[str] = []
    for kills in range(1, often(KILLS) + 1):
        saved += saved_until_killed(workers.submit, settings, chance)
        kept = references(db)
        assert set(saved) <= set(kept)
        assert len(kept) <= len(saved) + kills
        assert not half_written(db)
    assert len(saved) == len(set(saved)) > often(KILLS)
    check_whole(db, settings)
    figure("crash.kills.counter", often(KILLS), "kills")
    figure("crash.saved.counter", len(saved), "applications")


def test_the_same_kills_find_a_planted_bug(app: Flask, settings: Settings, db: Database):
    enrol(db)
    chance = seeded()
    for _ in range(MOST_TRIES):
        if not set(saved_until_killed(workers.submit_hastily, settings, chance)) <= set(references(db)):
            return
    pytest.fail("an application called saved before its commit was never lost: the kills come too gently")


class Desk:
    """A clerk at a browser of the served point, with drafts ready to be submitted."""

    def __init__(self, browser: Browser, db: Database, clerk: Staff, port: int) -> None:
        self.db, self.clerk, self.port = db, clerk, port
        self.pattern = drafts.get(db, Counter(browser).fill().id, clerk.id)
        token = browser.csrf_token()
        cookie = browser.get_cookie("tsheg")
        assert cookie
        self.headers = {"Cookie": f"tsheg={cookie.value}"}
        self.fields = {"csrf_token": token}
        self.waiting: list[str] = []
        self.saved: dict[str, str] = {}

    def prepare(self) -> None:
        """Have enough drafts ready."""
        while len(self.waiting) < DRAFTS_AT_ONCE:
            answers = copy.deepcopy(self.pattern.answers)
            draft_id = new_uuid7()
            answers["buyers"][0]["trade_invoice_number"] = [draft_id]
            drafts.start(self.db, draft_id, self.clerk.id, answers)
            self.waiting.append(draft_id)

    def submit_until_it_breaks(self) -> None:
        """Press "submit" on one draft after the other, again on the one whose answer never came."""
        with urllib3.PoolManager(retries=False) as pool:
            while self.waiting:
                url = f"http://127.0.0.1:{self.port}/drafts/{self.waiting[0]}/submission"
                try:
                    answer = pool.request("POST", url, fields=self.fields, headers=self.headers, redirect=False)
                except HTTPError:
                    return
                found = re.fullmatch(r"/applications/(\S+)", answer.headers.get("Location", ""))
                assert found, (answer.status, answer.data)
                self.saved[self.waiting.pop(0)] = found[1]


def test_the_served_pages_neither_lose_nor_double_what_they_called_saved(
    signed_in: Browser, settings: Settings, db: Database, clerk: Staff
):
    enrol(db)
    chance = seeded()
    desk = Desk(signed_in, db, clerk, free_port())
    for _ in range(often(KILLS_OF_THE_SERVER)):
        desk.prepare()
        victim = start(workers.serve_point, settings.data, desk.port)
        _kill_while(victim, chance.uniform(0.01, 0.1), desk.submit_until_it_breaks)
        assert set(desk.saved.values()) <= set(references(db))
        assert not half_written(db)
    with running(workers.serve_point, settings.data, desk.port) as victim:
        victim.listen()
        desk.submit_until_it_breaks()
    assert dict(db.execute("SELECT record_id, reference FROM application").fetchall()) == desk.saved
    check_whole(db, settings)
    figure("crash.kills.server", often(KILLS_OF_THE_SERVER), "kills")


def _kill_while(victim: Victim, seconds: float, act: Callable[[], None]) -> None:
    victim.listen()
    killer = threading.Timer(seconds, victim.process.kill)
    killer.start()
    act()
    killer.join()
    victim.kill()
