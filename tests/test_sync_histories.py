"""Histories that part: what the hub has lost is sent again, what it holds otherwise is frozen and shown."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlite3
from msgspec.structs import replace

from domain.limits import Limits
from hub.catalogue import load
from hub.installation import open_installation
from hub.limits import tell
from store import decisions, installation, journal, ledger
from store.connection import write
from store.rehearsal import differing
from tests.insurer import PRODUCT, settings
from tests.pair import Line, Pair, known, new_pair
from wire.header import Holding, Holds, Problem, ProblemCode
from wire.message import open_message


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


def test_a_hub_that_has_lost_decisions_begins_again_and_what_it_says_otherwise_is_shown(
    pair: Pair, set_back: Callable[[], None]
):
    (entry,) = pair.submit(1)
    pair.exchange()
    (before,) = decisions.of(pair.db, entry.record_id)
    set_back()
    pair.submit(1)
    report = pair.exchange()
    assert (report.problem, report.waiting) == ("sync.said_otherwise", 0)
    assert [decision.outcome for decision in decisions.of(pair.db, entry.record_id)] == ["accepted"] * 2
    assert decisions.of(pair.db, entry.record_id)[0] == before
    assert pair.exchange().problem == ""


def test_a_hub_that_repeats_what_it_said_is_not_shown(pair: Pair, set_back: Callable[[], None]):
    pair.exchange()
    tell(pair.hub, Limits(days=9))
    pair.exchange()
    set_back()
    tell(pair.hub, Limits(days=8))
    assert pair.exchange().problem == ""
    assert pair.db.execute("SELECT days FROM limits").fetchall() == [(8,)]
    assert (journal.verify(pair.db), differing(pair.db, pair.folder, "")) == ([], [])


def test_the_same_revision_with_other_content_is_kept_and_shown(pair: Pair, set_back: Callable[[], None]):
    load(pair.hub, replace(PRODUCT, version=2))
    pair.exchange()
    set_back()
    load(pair.hub, replace(PRODUCT, version=2, hotline="400-111-1111"))
    assert pair.exchange().problem == "sync.said_otherwise"
    kept = pair.db.execute("SELECT count(*) FROM journal WHERE kind = 'product' AND revision = 2").fetchone()[0]
    assert kept == 2


def test_a_hub_set_back_is_noticed_without_anything_new(pair: Pair, set_back: Callable[[], None]):
    sent = pair.submit(3)
    pair.exchange()
    set_back()
    assert pair.exchange().waiting == 0
    assert pair.mark() == (3, 3, 0)
    assert pair.at_the_hub() == known(sent)


def test_a_hub_set_back_is_noticed_by_an_epoch_that_ended_before(pair: Pair, set_back: Callable[[], None]):
    sent = pair.submit(2)
    pair.exchange()
    with write(pair.db):
        installation.begin_epoch(pair.db, "JL", "installed")
    set_back()
    sent += pair.submit(1)
    assert pair.exchange().waiting == 0
    assert sorted(pair.at_the_hub()) == sorted(known(sent))


def test_a_hub_that_holds_another_history_than_it_signed_for_is_a_fork(pair: Pair):
    entry, *_ = pair.submit(2)
    pair.exchange()
    gap = Problem(code=ProblemCode.GAP, seq=1, hash=b"\1" * 32, epoch=entry.epoch)
    pair.line.down = pair.restated(ack=None, problem=gap)
    assert pair.exchange().problem == "sync.fork"


def test_a_poll_says_what_the_hub_has_signed_for_and_a_first_message_what_it_does_not_bring(pair: Pair):
    last = pair.submit(2)[-1]
    pair.exchange()
    pair.line.messages.clear()
    pair.exchange()
    (said,) = pair.line.messages
    holds = open_message(said, pair.key.public).header.holds
    assert holds == Holds(streams=(Holding(epoch=last.epoch, seq=2, hash=last.hash, acked=2),))
    pair.submit(1)
    pair.exchange()
    assert open_message(pair.line.messages[1], pair.key.public).header.holds is None


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
