"""The point that is measured is a real one, as large as it is said to be."""

from contextlib import closing
from pathlib import Path

from bench.browser import Browser
from bench.fill import UNSEEN, UNSENT, fill
from bench.point import CLERK, PIN, PRODUCT, new_point
from bench.server import serving
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
