"""The point that is measured is a real one, as large as it is said to be."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bench import crowded, herd, ingest, status
from bench.browser import Browser
from bench.fill import UNSEEN, UNSENT, fill
from bench.point import CLERK, PIN, PRODUCT, new_point
from bench.sender import Sender, enrol
from bench.server import serving
from hub import backlog
from hub.store import applications as received
from hub.store import journal as written
from hub.store import streams
from hub.store.engine import read
from scripts import postgresql
from store import applications, decisions, journal, ledger, products, rehearsal
from store.clock import today

COUNT = 90


def test_the_point_that_is_measured_is_whole(tmp_path: Path) -> None:
    with new_point() as (_, db):
        fill(db, COUNT)
        counted = ledger.count(db)
        assert (counted.total, counted.sent, counted.pending) == (COUNT, UNSENT, UNSENT)
        assert products.in_force(db, today()) == PRODUCT
        assert len(decisions.unseen(db)) == UNSEEN
        assert applications.page(db)[0].applied_on == str(today())
        assert journal.verify(db) == []
        assert rehearsal.differing(db, tmp_path, "") == []


def test_the_browser_that_measures_gets_the_pages_of_whoever_signed_in() -> None:
    with new_point() as (settings, db):
        fill(db, COUNT)
        with serving(settings) as server, closing(Browser(server.port)) as browser:
            assert CLERK in browser.sign_in(CLERK, PIN)
            assert applications.page(db)[0].reference in browser.get("/applications")
            assert 30 < server.megabytes < 500


def test_the_hub_that_is_measured_judges_what_it_receives() -> None:
    with ingest.hub() as here:
        enrol(here, [one := Sender()])
        for seed in range(2):
            ingest.receive(here, one, one.write(ingest.PER_MESSAGE, seed))
        backlog.clear(here, one.stamp.code)
        with read(here.engine) as connection:
            counted = received.counts(connection)
    assert sum(counted.values()) == 2 * ingest.PER_MESSAGE
    assert counted["decided"] > counted["quarantined"] == 0


def test_the_full_journal_that_is_measured_goes_on_where_it_was_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowded, "POINTS", 8)
    monkeypatch.setattr(crowded, "SAMPLE", 20)
    with postgresql.database() as url, ingest.hub(url) as here:
        points = crowded.fill(here, 8 * 3 + 5)
        for one in points:
            ingest.receive(here, one, one.write(1))
        with read(here.engine) as connection:
            assert sum(head.seq for head in streams.every(connection)) == written.size(connection)


def test_the_herd_that_is_measured_is_drained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(herd, "POINTS", 6)
    # A browser of the tests has an event loop of its own in this thread.
    with ThreadPoolExecutor(1) as apart:
        figures = apart.submit(lambda: {name: value for name, value, _ in herd.run()}).result()
    assert figures["hub.herd_6_put_off"] == figures["hub.herd_6_unanswered"] == 0
    assert 30 < figures["hub.memory_mb"] < 500


def test_what_is_always_slower_is_told_apart_and_what_is_alike_is_not() -> None:
    assert status.told_apart([3, 4], [1, 2]) == 1
    assert status.told_apart([1, 2], [3, 4]) == 0
    assert status.told_apart([1, 4], [2, 3]) == 0.5
