"""The point that is measured is a real one, as large as it is said to be."""

from contextlib import closing
from itertools import islice
from pathlib import Path

from bench import hub
from bench.browser import Browser
from bench.fill import UNSEEN, UNSENT, fill
from bench.point import CLERK, PIN, PRODUCT, STAMP, new_point
from bench.server import serving
from hub.exchange import exchange
from hub.store import applications as received
from hub.store.engine import read
from store import applications, decisions, journal, ledger, products, rehearsal
from store.clock import today
from wire.keys import SigningKey
from wire.message import pack

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


def test_the_hub_that_is_measured_decides_what_it_takes() -> None:
    key = SigningKey.generate()
    batches = list(islice(hub._batches(), 2))
    with hub._hub(key) as here:
        for batch in batches:
            exchange(here, pack(key, sender=STAMP.code, receiver=here.name, nonce="n", entries=batch))
        with read(here.engine) as connection:
            counted = received.counts(connection)
    assert sum(counted.values()) == 2 * hub.PER_MESSAGE
    assert counted["decided"] > counted["quarantined"] == 0
