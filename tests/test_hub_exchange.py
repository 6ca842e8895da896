"""The hub's rule table: what it does with what a point sends, and what the point gets back."""

import contextlib
import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from domain.canonical import canonical
from domain.errors import Conflict
from domain.uuid7 import new_uuid7
from domain.words import Outcome
from hub.clock import today
from hub.exchange import exchange
from hub.installation import Installation, open_installation
from hub.intake import take
from hub.store import applications, journal, points, tables
from hub.store.engine import read, write
from hub.store.rebuilding import rebuild
from tests.insurer import Counter, application, for_underwriter, lead
from tests.sample import changed
from wire.entry import GENESIS, Entry
from wire.header import Ack, Cursor, Problem, ProblemCode
from wire.keys import SigningKey
from wire.message import Message, open_message, pack


def held(hub: Installation, table: str = "entry") -> int:
    with read(hub.engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table])) or 0


def state(hub: Installation, entry: Entry) -> str:
    with read(hub.engine) as connection:
        return applications.find(connection, entry.producer, entry.record_id).state


def with_settings(hub: Installation, **changes: Any) -> Installation:
    return dataclasses.replace(hub, settings=dataclasses.replace(hub.settings, **changes))


def acked(reply: Message) -> Ack:
    assert reply.header.ack
    return reply.header.ack


def refused(message: Message) -> Problem:
    assert message.header.problem
    return message.header.problem


def problem(hub: Installation, data: bytes) -> tuple[int, Problem]:
    answer = exchange(hub, data)
    return answer.status, refused(open_message(answer.body, hub.key.public))


def test_a_new_point_gets_the_products_with_its_first_poll(counter: Counter):
    reply = counter.send([])
    assert [entry.kind for entry in reply.entries] == ["product"]
    assert reply.header.ack is None


def test_it_takes_what_follows_and_signs_for_it(counter: Counter):
    counter.write(lead(counter.stamp))
    last = counter.write(lead(counter.stamp))
    ack = acked(counter.send())
    assert ack
    assert (ack.producer, ack.epoch, ack.seq, ack.hash) == ("JL", "epoch-1", 2, last.hash)


def test_it_takes_the_same_message_again_and_changes_nothing(hub: Installation, counter: Counter):
    counter.write(application(counter.stamp))
    first = counter.send()
    before = held(hub), held(hub, "decision"), held(hub, "policy")
    again = counter.send(counter.entries)
    assert acked(again).hash == acked(first).hash
    assert (held(hub), held(hub, "decision"), held(hub, "policy")) == before


def test_it_skips_what_it_holds_and_takes_the_rest(hub: Installation, counter: Counter):
    counter.write(lead(counter.stamp))
    counter.send()
    counter.write(lead(counter.stamp))
    assert acked(counter.send(counter.entries)).seq == 2
    assert held(hub, "lead") == 2


def test_it_acknowledges_no_more_than_was_offered(counter: Counter):
    first, *_ = [counter.write(lead(counter.stamp)) for _ in range(3)]
    counter.send()
    ack = acked(counter.send([first]))
    assert (ack.seq, ack.hash) == (1, first.hash)


def test_it_answers_a_gap_with_where_to_go_on(hub: Installation, counter: Counter):
    entries = [counter.write(lead(counter.stamp)) for _ in range(3)]
    counter.send(entries[:1])
    status, found = problem(hub, counter.message(entries[2:]))
    assert (status, found.code, found.seq, found.hash) == (409, ProblemCode.GAP, 1, entries[0].hash)
    assert acked(counter.send(entries)).seq == 3


def test_a_gap_at_the_start_of_an_epoch_leads_back_to_the_first_entry(hub: Installation, counter: Counter):
    entries = [counter.write(lead(counter.stamp)) for _ in range(2)]
    _, found = problem(hub, counter.message(entries[1:]))
    assert (found.code, found.seq, found.hash) == (ProblemCode.GAP, 0, GENESIS)


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_it_freezes_an_epoch_with_two_histories(hub: Installation, counter: Counter, kept: int):
    originals = [counter.write(lead(counter.stamp)) for _ in range(3)]
    counter.send()
    counter.entries = originals[:kept]
    for _ in range(4 - kept):
        counter.write(lead(counter.stamp))
    status, found = problem(hub, counter.message(counter.entries[kept:]))
    assert (status, found.code, found.seq, found.hash) == (409, ProblemCode.FORK, kept + 1, originals[kept].hash)
    counter.entries = originals
    counter.write(lead(counter.stamp))
    assert problem(hub, counter.message(counter.entries))[1].code is ProblemCode.FROZEN
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None


def test_it_sees_a_fork_that_begins_before_the_first_entry_sent(hub: Installation, counter: Counter):
    originals = [counter.write(lead(counter.stamp)) for _ in range(2)]
    counter.send()
    counter.entries = originals[:1]
    for _ in range(2):
        counter.write(lead(counter.stamp))
    _, found = problem(hub, counter.message(counter.entries[2:]))
    assert (found.code, found.seq, found.hash) == (ProblemCode.FORK, 2, originals[1].hash)


def test_a_new_epoch_begins_after_a_fork(counter: Counter):
    counter.write(lead(counter.stamp))
    counter.send()
    counter.entries.clear()
    counter.write(lead(counter.stamp))
    counter.send()
    counter.entries.clear()
    counter.epoch = "epoch-2"
    counter.write(lead(counter.stamp))
    assert acked(counter.send()).epoch == "epoch-2"


def test_decisions_still_come_down_while_the_way_up_is_frozen(hub: Installation, counter: Counter):
    counter.write(lead(counter.stamp))
    counter.send()
    counter.entries.clear()
    counter.write(lead(counter.stamp))
    counter.down.clear()
    reply = counter.send()
    assert refused(reply).code is ProblemCode.FORK
    assert [entry.kind for entry in reply.entries] == ["product"]


def test_it_refuses_an_unknown_point(hub: Installation):
    stranger = Counter(hub, code="ZM")
    assert problem(hub, stranger.message([])) == (401, Problem(code=ProblemCode.UNKNOWN_KEY))


def test_it_refuses_another_key_of_a_known_point(hub: Installation, counter: Counter):
    counter.key = SigningKey.generate()
    assert problem(hub, counter.message([]))[1].code is ProblemCode.UNKNOWN_KEY


def test_it_refuses_a_message_changed_on_the_way(hub: Installation, counter: Counter):
    data = counter.message([]).replace(b'"nonce":"n"', b'"nonce":"m"')
    status, found = problem(hub, data)
    assert (status, found.code) == (401, ProblemCode.BAD_SIGNATURE)


def test_it_refuses_a_revoked_point_and_tells_it_nothing(hub: Installation, counter: Counter):
    entry = counter.write(lead(counter.stamp))
    with write(hub.engine) as connection:
        points.revoke(connection, "JL")
    answer = exchange(hub, counter.message([entry]))
    message = open_message(answer.body, hub.key.public)
    assert (answer.status, refused(message).code, message.entries) == (403, ProblemCode.REVOKED, ())
    assert held(hub, "lead") == 0


def test_a_renewed_key_takes_over_and_the_old_one_ends(hub: Installation, counter: Counter):
    counter.write(lead(counter.stamp))
    counter.send()
    old, counter.key = counter.key, SigningKey.generate()
    with write(hub.engine) as connection:
        points.renew_key(connection, "JL", counter.key.public)
    counter.write(lead(counter.stamp))
    assert acked(counter.send()).seq == 2
    counter.key = old
    assert problem(hub, counter.message([]))[1].code is ProblemCode.REVOKED


def test_it_refuses_a_stream_that_is_not_the_senders(hub: Installation, counter: Counter):
    other = Counter(hub, code="ZM").enrolled()
    entry = other.write(lead(other.stamp))
    assert problem(hub, counter.message([entry]))[1].code is ProblemCode.FOREIGN
    assert held(hub, "lead") == 0


def test_it_refuses_a_message_for_another_hub(hub: Installation, counter: Counter):
    data = pack(counter.key, sender="JL", receiver="hub-0000000000000000", nonce="n")
    assert problem(hub, data) == (400, Problem(code=ProblemCode.FOREIGN))


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "malformed"), (b"<html>login</html>", "malformed"), (b"x" * ((1 << 20) + 1), "too_large")],
)
def test_it_signs_even_its_answer_to_nonsense(hub: Installation, data: bytes, code: str):
    assert problem(hub, data)[1].code == code


def test_it_writes_nothing_personal_into_the_log(hub: Installation, counter: Counter, caplog):
    record = application(counter.stamp)
    entry = counter.write(record)
    data = counter.message([entry])
    exchange(hub, data[:-20])
    problem(hub, data.replace(b'"nonce":"n"', b'"nonce":"m"'))
    assert "sha256" in caplog.text
    for canary in (record.policyholder.name, record.policyholder.id_number, record.policyholder.mobile):
        assert canary not in caplog.text


def test_the_rules_accept_alone_what_they_may(hub: Installation, counter: Counter):
    entry = counter.write(application(counter.stamp))
    counter.send()
    [decision] = counter.decisions
    assert (decision.outcome, decision.decided_by, decision.application) == (Outcome.ACCEPTED, "rules", entry.record_id)
    assert decision.cover
    assert decision.cover.policy_number.startswith(f"SL-{today().year}-")
    assert state(hub, entry) == "decided"


def test_no_two_policies_share_a_number(counter: Counter):
    for _ in range(30):
        counter.write(application(counter.stamp))
    counter.send()
    assert len({decision.cover.policy_number for decision in counter.decisions if decision.cover}) == 30


def test_everything_else_waits_for_the_underwriter(hub: Installation, counter: Counter):
    entry = counter.write(for_underwriter(counter.stamp))
    counter.send()
    assert counter.decisions == []
    assert state(hub, entry) == "waiting"


def test_it_checks_by_the_date_on_the_form(hub: Installation, counter: Counter):
    entry = counter.write(application(counter.stamp, on=today() - timedelta(days=90)))
    counter.send()
    assert state(hub, entry) == "waiting"


def wrong_quote(counter: Counter) -> bytes:
    right = application(counter.stamp)
    return canonical(changed(right, quote__payable_fen=1))


def wrong_product(counter: Counter) -> bytes:
    right = application(counter.stamp)
    return canonical(replace(right, cover=replace(right.cover, version=99)))


def wrong_point(counter: Counter) -> bytes:
    return canonical(application(replace(counter.stamp, code="ZM")))


@pytest.mark.parametrize("body", [wrong_quote, wrong_product, wrong_point, lambda _: b"{}", lambda _: b"not json"])
def test_a_wrong_record_is_set_aside_with_reasons_and_blocks_nobody(hub: Installation, counter: Counter, body):
    wrong = counter.append(new_uuid7(), body(counter))
    right = counter.write(application(counter.stamp))
    assert acked(counter.send()).seq == 2
    first, second = counter.decisions
    assert (first.outcome, second.outcome) == (Outcome.QUARANTINED, Outcome.ACCEPTED)
    assert first.reasons
    assert ": " in first.note
    assert (state(hub, wrong), state(hub, right)) == ("quarantined", "decided")


def test_it_says_where_a_record_cannot_be_read(counter: Counter):
    counter.append(new_uuid7(), b'{"policyholder": {"kind": "enterprise"}}')
    counter.send()
    assert counter.decisions[0].note == "policyholder/name: shape_missing"


def test_a_correction_opens_a_quarantined_record_again(hub: Installation, counter: Counter):
    record = application(counter.stamp)
    counter.append(str(record.record_id), b"{}")
    counter.send()
    entry = counter.write(record, revision=2)
    counter.send()
    assert counter.decisions[-1].application_revision == 2
    assert state(hub, entry) == "decided"


def test_other_content_under_the_same_revision_is_set_aside(hub: Installation, counter: Counter):
    record = for_underwriter(counter.stamp)
    entry = counter.write(record)
    counter.write(replace(record, clerk="另一柜员"))
    counter.send()
    assert [decision.outcome for decision in counter.decisions] == [Outcome.QUARANTINED]
    assert "hub.other_content" in counter.decisions[0].note
    assert state(hub, entry) == "quarantined"


def test_a_decided_application_stays_decided(hub: Installation, counter: Counter):
    record = application(counter.stamp)
    entry = counter.write(record)
    counter.write(replace(record, clerk="另一柜员"))
    counter.write(replace(record, clerk="又一柜员"), revision=2)
    counter.send()
    accepted, *later = counter.decisions
    assert accepted.outcome is Outcome.ACCEPTED
    assert [decision.outcome for decision in later] == [Outcome.QUARANTINED] * 2
    assert state(hub, entry) == "decided"
    assert held(hub, "policy") == 1


def test_a_restored_point_may_tell_everything_again_in_a_new_epoch(hub: Installation, counter: Counter):
    record = application(counter.stamp)
    counter.write(record)
    counter.send()
    counter.entries.clear()
    counter.epoch = "epoch-2"
    counter.write(record)
    counter.send()
    assert len(counter.decisions) == 1
    assert held(hub, "policy") == 1


def test_it_keeps_kinds_it_does_not_know(hub: Installation, counter: Counter):
    entry = counter.append(new_uuid7(), b'{"anything":1}', kind="claim")
    counter.send()
    with read(hub.engine) as connection:
        assert journal.of_records(connection, "JL", [entry.record_id]) == [entry]


def test_it_hands_down_no_more_than_fits_and_then_the_rest(hub: Installation, counter: Counter):
    counter.hub = with_settings(hub, reply_entries=2)
    for _ in range(3):
        counter.write(application(counter.stamp))
    sizes = [len(counter.send().entries), len(counter.send([]).entries), len(counter.send([]).entries)]
    assert sizes == [2, 2, 0]
    assert [entry.seq for entry in counter.down] == [1, 2, 3, 4]


def test_the_next_entry_comes_down_even_if_it_is_larger_than_a_reply(hub: Installation, counter: Counter):
    counter.hub = with_settings(hub, reply_bytes=1)
    assert len(counter.send([]).entries) == 1


def test_it_hands_down_no_more_than_the_point_has_room_for(hub: Installation, counter: Counter):
    for _ in range(3):
        counter.write(application(counter.stamp))
    counter.send()
    counter.down.clear()
    answer = exchange(hub, counter.message([], room=1))
    assert len(counter.open(answer.body).entries) == 1


@pytest.mark.parametrize(
    ("accept", "codec"),
    [((), "gzip"), (("later", "columns/br", "gzip"), "columns/br"), (("columns/deflate-1",), "columns/deflate-1")],
)
def test_it_answers_in_a_form_that_the_point_knows(
    hub: Installation, counter: Counter, accept: tuple[str, ...], codec: str
):
    answer = exchange(hub, counter.message([], accept=accept))
    assert open_message(answer.body, hub.key.public).header.codec == codec


@pytest.mark.parametrize(("epoch", "seq"), [("", 1), ("", 9), ("lost", 3)])
def test_it_begins_again_when_a_point_holds_what_it_never_wrote(
    hub: Installation, counter: Counter, epoch: str, seq: int
):
    counter.send([])
    entry = counter.write(lead(counter.stamp))
    first = counter.down[-1]
    cursor = Cursor(epoch=epoch or first.epoch, seq=seq, hash=b"\7" * 32)
    answer = exchange(hub, counter.message([entry], cursor=cursor))
    message = open_message(answer.body, hub.key.public)
    assert (answer.status, acked(message).seq) == (200, 1)
    (again,) = message.entries
    assert (again.seq, again.record_id, again.revision, again.body) == (1, first.record_id, 1, first.body)
    assert again.epoch not in (first.epoch, cursor.epoch)
    for _ in range(2):
        repeated = open_message(exchange(hub, counter.message([entry], cursor=cursor)).body, hub.key.public)
        assert [one.hash for one in repeated.entries] == [again.hash]


def test_what_is_repeated_is_listed_once(hub: Installation, counter: Counter):
    counter.write(application(counter.stamp))
    counter.send()
    lost = Cursor(epoch="lost", seq=9, hash=b"\7" * 32)
    assert len(open_message(exchange(hub, counter.message([], cursor=lost)).body, hub.key.public).entries) == 2
    assert (held(hub, "decision"), held(hub, "policy")) == (1, 1)
    with write(hub.engine) as connection:
        assert journal.verify(connection) is None
        rebuild(connection)
    assert (held(hub, "decision"), held(hub, "policy")) == (1, 1)


def test_it_answers_in_the_senders_name_and_nonce_only(hub: Installation, counter: Counter):
    answer = exchange(hub, counter.message([], nonce="first"))
    assert counter.open(answer.body, nonce="first")
    other = exchange(hub, counter.message([], nonce="second"))
    with pytest.raises(ValueError, match="nonce"):
        counter.open(other.body, nonce="first")


def test_one_message_sent_four_times_at_once_counts_once(hub: Installation, counter: Counter):
    for _ in range(5):
        counter.write(application(counter.stamp))
    data = counter.message(counter.entries)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: exchange(hub, data), range(4)))
    assert [answer.status for answer in answers] == [200] * 4
    assert (held(hub, "policy"), held(hub, "application")) == (5, 5)


def test_two_points_send_at_once(hub: Installation):
    counters = [Counter(hub, code=code).enrolled() for code in ("JL", "ZM")]
    for counter in counters:
        for _ in range(10):
            counter.write(application(counter.stamp))
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda counter: [counter.send(counter.entries[: n + 1]) for n in range(10)], counters))
    assert [acked(reply[-1]).seq for reply in replies] == [10, 10]
    assert held(hub, "policy") == 20
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None


def test_workers_that_get_the_same_message_at_once_keep_it_once(hub: Installation, counter: Counter):
    for _ in range(5):
        counter.write(application(counter.stamp))
    data, another = counter.message(counter.entries), open_installation(hub.settings)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda here: exchange(here, data), [hub, another] * 4))
    another.engine.dispose()
    assert {answer.status for answer in answers} == {200}
    assert held(hub, "application") == held(hub, "policy") == 5
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None


def test_it_knows_everything_again_after_a_restart(hub: Installation, counter: Counter):
    counter.write(application(counter.stamp))
    counter.send()
    hub.engine.dispose()
    counter.hub = open_installation(hub.settings)
    assert counter.hub.name == hub.name
    counter.write(application(counter.stamp))
    assert acked(counter.send()).seq == 2
    assert len(counter.decisions) == 2
    counter.hub.engine.dispose()


def test_a_failure_in_the_middle_leaves_nothing_behind(hub: Installation, counter: Counter):
    counter.write(lead(counter.stamp))
    with contextlib.suppress(Conflict), write(hub.engine) as connection:
        take(connection, "JL", counter.entries)
        raise Conflict("hub.moved_on")
    assert held(hub, "lead") == 0
    assert acked(counter.send()).seq == 1
