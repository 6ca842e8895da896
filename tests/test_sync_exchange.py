"""The point's side of the exchange: only the hub's own, fresh, matching word moves a mark."""

import base64
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.store import points
from hub.store.engine import write as write_hub
from store import applications, ledger, offers, products
from store import exchange as marks
from store.connection import connect, write
from store.rehearsal import digests
from sync.errors import LONGEST_WAIT, ExchangeFailed, WeakLine
from sync.pace import FIRST, SHRINKAGE, SMALLEST
from tests.insurer import for_underwriter
from tests.pair import STAMP, Line, Pair, known, new_pair, unchanged
from wire.header import Ack, Problem, ProblemCode
from wire.keys import SigningKey
from wire.message import open_message, pack, read_claim

OTHER = SigningKey(bytes(range(32)))


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


def test_it_confirms_what_the_hub_has_signed_for(pair: Pair):
    sent = pair.submit(3)
    report = pair.exchange()
    assert (report.confirmed, report.waiting, report.complete) == (3, 0, True)
    assert pair.at_the_hub() == known(sent)
    assert ledger.count(pair.db) == ledger.Ledger(total=3, confirmed=3, sent=0, pending=0)
    assert ledger.contact(pair.db).up


def test_it_waits_as_long_as_the_hub_asks_and_loses_nothing(pair: Pair):
    pair.submit(2)
    over = Problem(code=ProblemCode.QUOTA, retry_after=70)
    pair.line.down = pair.restated(ack=None, problem=over)
    report = pair.exchange()
    assert (report.problem, report.retry_after, report.waiting) == ("sync.busy", 70, 2)
    pair.line.down = pair.restated(ack=None, problem=Problem(code=ProblemCode.QUOTA, retry_after=10**6))
    assert pair.exchange().retry_after == LONGEST_WAIT
    pair.line.down = unchanged
    assert pair.exchange().complete


def test_it_takes_a_reason_it_does_not_know_for_a_refusal(pair: Pair):
    pair.submit(1)
    pair.line.down = pair.restated(ack=None, problem=Problem(code=ProblemCode.OTHER))
    report = pair.exchange()
    assert (report.problem, report.waiting) == ("sync.not_taken", 1)


def test_it_keeps_what_the_hub_signed_as_proof(pair: Pair):
    last = pair.submit(2)[-1]
    pair.exchange()
    signed, _, signature = pair.db.execute("SELECT proof FROM mark").fetchone()[0].rpartition(b"\n")
    assert pair.hub.key.public.verify(base64.b64decode(signature), signed)
    assert base64.b64encode(last.hash) in signed


def test_it_marks_as_sent_durably_before_the_first_byte_leaves(pair: Pair):
    pair.submit(2)
    seen: list[tuple[int, ...]] = []

    def look(_message: bytes) -> bytes:
        other = connect(pair.path)
        seen.append(tuple(other.execute("SELECT sent, acked FROM mark").fetchone()))
        other.conn.close()
        raise ExchangeFailed("sync.no_link")

    pair.line.up = look
    report = pair.exchange()
    assert seen == [(2, 0)]
    assert (report.problem, report.waiting) == ("sync.no_link", 2)
    assert ledger.count(pair.db) == ledger.Ledger(total=2, confirmed=0, sent=2, pending=0)
    assert ledger.contact(pair.db).up is False


NOT_OURS: list[dict[str, Any]] = [
    {"hash": b"\1" * 32},
    {"seq": 1},
    {"seq": 3},
    {"seq": 0},
    {"epoch": "another"},
    {"producer": "RK"},
]


@pytest.mark.parametrize("wrong", NOT_OURS, ids=str)
def test_it_believes_no_acknowledgement_that_is_not_ours(pair: Pair, wrong: dict[str, Any]):
    last = pair.submit(2)[-1]
    ack = Ack(producer="JL", epoch=last.epoch, seq=2, hash=last.hash, hub_time="2026-11-20T00:00:00Z")
    pair.line.down = pair.restated(ack=replace(ack, **wrong))
    report = pair.exchange()
    assert pair.mark() == (2, 0, 0)
    assert (report.confirmed, report.problem) == (0, "sync.other_hash")


NOT_THE_HUB: list[dict[str, Any]] = [{"nonce": "old"}, {"receiver": "RK"}, {"sender": "hub-2"}, {"key": OTHER}]


@pytest.mark.parametrize("wrong", NOT_THE_HUB, ids=["old", "to another", "from another", "by another key"])
def test_it_believes_no_answer_that_is_not_fresh_for_us_and_from_our_hub(pair: Pair, wrong: dict[str, Any]):
    pair.submit(2)
    pair.line.down = pair.restated(**wrong)
    report = pair.exchange()
    assert pair.mark() == (2, 0, 0)
    assert (report.received, report.problem) == (0, "sync.not_the_hub")
    assert ledger.contact(pair.db).up is False
    assert products.newest(pair.db) is None


def test_it_believes_no_changed_byte(pair: Pair):
    pair.submit()
    pair.line.down = lambda answer: answer.replace(b'"seq":1', b'"seq":2', 1)
    assert pair.exchange().problem == "sync.not_the_hub"
    assert pair.mark() == (1, 0, 0)


def test_a_replayed_old_answer_moves_nothing(pair: Pair):
    pair.submit(2)
    pair.exchange()
    old = pair.line.answers[0]
    pair.submit(2)
    pair.line.down = lambda _answer: old
    assert pair.exchange().problem == "sync.not_the_hub"
    assert pair.mark() == (4, 2, 0)


def test_an_older_acknowledgement_cannot_move_the_mark_back(pair: Pair):
    first, *_ = pair.submit(3)
    pair.exchange()
    older = Ack(producer="JL", epoch=first.epoch, seq=1, hash=first.hash, hub_time="2026-11-20T00:00:00Z")
    with write(pair.db):
        assert not marks.record_ack(pair.db, older, b"")
    assert pair.mark() == (3, 3, 0)


def test_a_lost_answer_is_asked_for_again_without_doubling(pair: Pair):
    sent = pair.submit(3)
    lost = [ExchangeFailed("sync.no_link")]

    def lose_one(answer: bytes) -> bytes:
        if lost:
            raise lost.pop()
        return answer

    pair.line.down = lose_one
    assert pair.exchange().waiting == 3
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)


def test_the_same_messages_sent_again_later_change_nothing(pair: Pair):
    pair.submit(3)
    pair.exchange()
    before = pair.at_the_hub(), digests(pair.db), pair.mark()
    for message in pair.line.messages:
        Line(pair.hub).send(message)
    assert pair.exchange().complete
    assert (pair.at_the_hub(), digests(pair.db), pair.mark()) == before


def test_a_weak_line_gets_smaller_messages(pair: Pair):
    def weak(message: bytes) -> bytes:
        if len(message) > 3000:
            raise WeakLine
        return message

    sent = pair.submit(30)
    pair.line.up = weak
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)


def test_it_gives_up_on_a_line_that_the_smallest_message_cannot_pass(pair: Pair):
    def dead(_message: bytes) -> bytes:
        raise WeakLine

    pair.submit(30)
    pair.line.up = dead
    assert pair.exchange().problem == "sync.weak_line"
    assert FIRST / SHRINKAGE ** (len(pair.line.messages) - 1) == SMALLEST


def test_a_weak_line_is_not_punished_again_by_the_next_exchange(pair: Pair):
    def weak(message: bytes) -> bytes:
        if len(message) > 3000:
            raise WeakLine
        return message

    pair.line.up = weak
    pair.submit(30)
    pair.exchange()
    pair.reopen()
    pair.line.messages.clear()
    pair.submit(30)
    assert pair.exchange().complete
    assert all(len(message) <= 3000 for message in pair.line.messages)


def test_what_a_weak_line_carried_grows_again_with_what_a_better_one_carries(pair: Pair):
    with write(pair.db):
        offers.fitted(pair.db, SMALLEST)
    pair.submit(1)
    pair.exchange()
    assert offers.fitting(pair.db) == SMALLEST  # one small record proves nothing
    pair.submit(200)
    assert pair.exchange().complete
    assert offers.fitting(pair.db) == FIRST


def test_a_good_line_gets_larger_messages(pair: Pair):
    pair.submit(500)
    assert pair.exchange().complete
    first, second = filter(None, pair.sent())
    assert sum(len(entry.body) for entry in first) <= FIRST
    assert len(first) < len(second)
    assert len(first) + len(second) == 500


def test_a_slow_line_gets_no_larger_messages(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    hours = count(step=3600)
    monkeypatch.setattr("sync.rounds.time.monotonic", lambda: next(hours))
    pair.submit(400)
    assert pair.exchange().complete
    sizes = [len(batch) for batch in pair.sent() if batch]
    assert sizes[0] > sizes[1] > sizes[2]


def test_it_asks_no_more_when_all_is_confirmed_and_nothing_came_down(pair: Pair):
    pair.exchange()
    pair.line.messages.clear()
    with write(pair.db):
        applications.append(pair.db, for_underwriter(STAMP), "示例柜员")
    assert pair.exchange().complete
    assert len(pair.line.messages) == 1


def test_it_asks_for_no_more_than_it_would_send(pair: Pair):
    pair.exchange()
    assert open_message(pair.line.messages[0], pair.key.public).header.room == FIRST


class Older(Line):
    """The line to a hub that knows the first form only."""

    def send(self, message: bytes) -> bytes:
        """Refuse columns as that hub would."""
        if b'"codec":"columns/' not in message:
            return super().send(message)
        claim, problem = read_claim(message), Problem(code=ProblemCode.UNSUPPORTED)
        return pack(self.hub.key, sender=self.hub.name, receiver="JL", nonce=claim.nonce, problem=problem)


def test_it_speaks_the_first_form_to_an_older_hub(pair: Pair):
    sent = pair.submit(2)
    pair.line = Older(pair.hub)
    assert pair.exchange().complete
    assert pair.at_the_hub() == known(sent)


def test_a_hub_that_speaks_no_form_of_ours_is_left_alone(pair: Pair):
    pair.submit()
    pair.line.down = pair.restated(ack=None, entries=[], problem=Problem(code=ProblemCode.UNSUPPORTED))
    report = pair.exchange()
    assert (report.problem, report.waiting, len(pair.line.messages)) == ("sync.unsupported", 1, 2)


def test_an_answer_that_takes_nothing_ends_the_exchange(pair: Pair):
    pair.submit()
    pair.line.down = pair.restated(ack=None, entries=[])
    report = pair.exchange()
    assert (report.problem, report.waiting) == ("sync.not_taken", 1)
    assert len(pair.line.messages) == 1


def test_a_revoked_point_is_told_so_and_keeps_its_records(pair: Pair):
    with write_hub(pair.hub.engine) as connection:
        points.revoke(connection, "JL")
    pair.submit()
    report = pair.exchange()
    assert (report.problem, report.waiting) == ("sync.revoked", 1)
