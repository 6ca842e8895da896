"""Histories that part: what the hub has lost is sent again, what it holds otherwise is frozen and shown."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite3
from msgspec.structs import replace

from hub.catalogue import load
from hub.installation import open_installation
from store import installation, ledger
from store.connection import write
from tests.insurer import PRODUCT, settings
from tests.pair import Line, Pair, known, new_pair
from wire.header import Problem, ProblemCode


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


@pytest.fixture
def set_back(pair: Pair, tmp_path: Path) -> Callable[[], None]:
    """Put the hub back to where it was when the test began, as after a restore on its side."""
    older = tmp_path / "older"
    shutil.copytree(pair.hub.settings.keys, older / "keys")
    original = sqlite3.connect(str(pair.hub.settings.database))
    original.execute("VACUUM INTO ?", [str(older / "hub.db")])
    original.close()

    def set_back() -> None:
        pair.hub = open_installation(settings(older))
        pair.line = Line(pair.hub)

    return set_back


def test_it_takes_back_what_the_hub_has_lost_and_sends_it_again(pair: Pair, set_back: Callable[[], None]):
    sent = pair.submit(3)
    pair.exchange()
    set_back()
    assert pair.at_the_hub() == []
    sent += pair.submit(1)
    assert pair.exchange().waiting == 0
    assert pair.mark() == (4, 4, 0)
    assert pair.at_the_hub() == known(sent)


def test_a_hub_that_has_lost_decisions_is_shown_and_stops_nothing(pair: Pair, set_back: Callable[[], None]):
    pair.submit(1)
    pair.exchange()
    set_back()
    pair.submit(1)
    report = pair.exchange()
    assert (report.problem, report.waiting) == ("sync.cursor", 0)


def test_a_gap_that_is_not_in_our_history_freezes_the_stream(pair: Pair):
    pair.submit(2)
    pair.line.down = pair.restated(ack=None, problem=Problem(code=ProblemCode.GAP, seq=1, hash=b"\1" * 32))
    assert pair.exchange().problem == "sync.fork"
    assert pair.mark() == (2, 0, 1)


def test_two_copies_of_one_point_are_frozen_and_shown(pair: Pair, tmp_path: Path):
    clone = pair.clone(tmp_path / "clone")
    sent = pair.submit(2)
    clone.submit(1)
    assert pair.exchange().complete
    report = clone.exchange()
    assert (report.problem, report.waiting) == ("sync.fork", 1)
    assert clone.mark() == (1, 0, 1)
    assert ledger.contact(clone.db).problem == "sync.fork"
    assert pair.at_the_hub() == known(sent)


def test_a_frozen_stream_stays_still_but_takes_what_comes_down(pair: Pair, tmp_path: Path):
    clone = pair.clone(tmp_path / "clone")
    pair.submit(1)
    pair.exchange()
    clone.submit(1)
    clone.exchange()
    load(pair.hub, replace(PRODUCT, version=2))
    clone.submit(1)
    offered = len(clone.sent())
    report = clone.exchange()
    assert (report.problem, report.received, report.waiting) == ("sync.fork", 1, 2)
    assert not any(clone.sent()[offered:])


def test_a_hub_that_was_set_back_gets_the_earlier_epochs_again_too(pair: Pair, set_back: Callable[[], None]):
    sent = pair.submit(2)
    with write(pair.db):
        installation.begin_epoch(pair.db, "JL", "restored")
    sent += pair.submit(2)
    pair.exchange()
    set_back()
    sent += pair.submit(1)
    assert pair.exchange().waiting == 0
    assert sorted(pair.at_the_hub()) == sorted(known(sent))
