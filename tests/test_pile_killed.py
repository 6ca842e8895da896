"""Killed in the middle of printing the pile: nothing that waited is lost, and no print is kept that nobody got."""

import re
import time
from pathlib import Path
from random import Random

import pytest
import urllib3
from flask import Flask
from sqlite_utils import Database
from urllib3.exceptions import HTTPError

from domain.words import ScriptOrder
from settings import Settings
from store import pile, prints
from store.pile import Wanted
from store.staff import Staff
from tests import workers
from tests.browser import Browser
from tests.desk import taken
from tests.enrolment import enrol
from tests.killing import figure, often, running, seeded, start
from tests.launched import free_port
from tests.test_crash import check_whole

KILLS = 8
PAPERS = 6
LONGEST = 1.5
PATIENCE = 120


@pytest.fixture
def tmp_path(disk: Path) -> Path:
    """Where a commit takes its time."""
    return disk


class Hand:
    """A clerk's hand at a served point; an answer that never came is None."""

    def __init__(self, browser: Browser, port: int) -> None:
        self.fields, self.headers = {"csrf_token": browser.csrf_token()}, {"Cookie": f"tsheg={browser.cookie()}"}
        self.origin, self.pool = f"http://127.0.0.1:{port}", urllib3.PoolManager(retries=False)

    def ask(self, method: str, path: str) -> urllib3.BaseHTTPResponse | None:
        try:
            fields = self.fields if method == "POST" else None
            return self.pool.request(method, self.origin + path, fields=fields, headers=self.headers, redirect=False)
        except HTTPError:
            return None

    def print_until(self, end: float) -> bytes:
        """Press "print all", wait until it is made, open it; return the PDF if it came before *end*."""
        self.ask("POST", "/pile/batches")
        while time.monotonic() < end:
            page = self.ask("GET", "/pile")
            if page and (found := re.search(r'action="(/pile/batches/[^"]+/documents/0)"', page.data.decode())):
                answer = self.ask("POST", found[1])
                return answer.data if answer else b""
            time.sleep(0.02)
        return b""


def kept(db: Database) -> int:
    return sum(len(prints.of(db, one.wanted.application)) for one in pile.everything(db))


def test_nothing_that_waits_is_lost_and_nothing_is_kept_that_nobody_got(
    app: Flask, signed_in: Browser, settings: Settings, db: Database, clerk: Staff
):
    enrol(db)
    for _ in range(PAPERS):
        pile.put(db, Wanted(str(taken(db).record_id), "receipt", ScriptOrder.ZH_FIRST), clerk.id)
    chance, port = seeded(), free_port()
    hand, got = Hand(signed_in, port), 0
    for _ in range(often(KILLS)):
        got += _killed(hand, settings, port, chance)
        assert pile.count(db) == PAPERS
        assert got * PAPERS <= kept(db)
        assert kept(db) % PAPERS == 0
    figure("pile.kills", often(KILLS), "kills")
    figure("pile.opened", got, "documents")
    with running(workers.serve_point, settings.data, port) as victim:
        victim.listen()
        assert hand.print_until(time.monotonic() + PATIENCE).startswith(b"%PDF")
    assert kept(db) >= (got + 1) * PAPERS
    check_whole(db, settings)


def _killed(hand: Hand, settings: Settings, port: int, chance: Random) -> bool:
    """Serve, print, kill at a random moment; say whether the document was there before."""
    victim = start(workers.serve_point, settings.data, port)
    victim.listen()
    pdf = hand.print_until(time.monotonic() + chance.uniform(0.05, LONGEST))
    victim.kill()
    return pdf.startswith(b"%PDF")
