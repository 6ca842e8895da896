"""Received and not judged yet: acknowledged, seen on the desk, forgotten by no crash, judged once and in order."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from flask import Flask

from domain.uuid7 import new_uuid7
from domain.words import Outcome
from hub import backlog
from hub.background import Background
from hub.exchange import exchange
from hub.installation import Installation, open_installation
from hub.store import applications, projections
from hub.store import backlog as kept
from hub.store.engine import read, write
from hub.store.rebuilding import rebuild
from tests.browser import Browser
from tests.insurer import Counter, application, for_underwriter, lead
from tests.sample import changed
from wire.entry import Entry

MANY = backlog.AT_ONCE + 1


def unreadable(counter: Counter, count: int = MANY) -> list[Entry]:
    return [counter.append(new_uuid7(), b"{}") for _ in range(count)]


def many(counter: Counter) -> list[Entry]:
    """More than is judged at once: one for the rules, one for a person, and the others cannot be read."""
    accepted = counter.write(application(counter.stamp))
    left = counter.write(for_underwriter(counter.stamp))
    return [accepted, left, *unreadable(counter)]


def states(hub: Installation) -> dict[str, str]:
    with read(hub.engine) as connection:
        return {line.record_id: line.state for line in applications.every(connection)}


def waiting(hub: Installation) -> int:
    with read(hub.engine) as connection:
        return kept.size(connection)


def projected(hub: Installation) -> dict[str, list[tuple[object, ...]]]:
    tables = [table for kind in projections.KINDS.values() for table in kind.TABLES]
    with read(hub.engine) as connection:
        return {table.name: sorted(map(tuple, connection.execute(table.select())), key=repr) for table in tables}


def outcomes(counter: Counter) -> list[tuple[str, int, Outcome]]:
    return [(made.application, made.application_revision, made.outcome) for made in counter.decisions]


def test_few_are_judged_before_the_answer(hub: Installation, counter: Counter):
    entry = counter.write(application(counter.stamp))
    counter.send()
    assert outcomes(counter) == [(entry.record_id, 1, Outcome.ACCEPTED)]
    assert backlog.points(hub) == []


def test_many_are_acknowledged_first(hub: Installation, counter: Counter):
    reply = counter.send(many(counter))
    assert reply.header.ack
    assert reply.header.ack.seq == len(counter.entries)
    assert counter.decisions == []
    assert (states(hub), waiting(hub), backlog.points(hub)) == ({}, len(counter.entries), ["JL"])


def test_the_next_poll_has_them_judged(hub: Installation, counter: Counter):
    accepted, left, *wrong = many(counter)
    counter.send()
    counter.send([])
    quarantined = [(entry.record_id, 1, Outcome.QUARANTINED) for entry in wrong]
    assert outcomes(counter) == [(accepted.record_id, 1, Outcome.ACCEPTED), *quarantined]
    expected = {accepted.record_id: "decided", left.record_id: "waiting"}
    assert states(hub) == expected | {entry.record_id: "quarantined" for entry in wrong}
    assert (waiting(hub), backlog.points(hub)) == (0, [])


def test_what_is_no_application_waits_for_nobody(hub: Installation, counter: Counter):
    counter.send([counter.write(lead(counter.stamp)) for _ in range(MANY)])
    assert backlog.points(hub) == []
    counter.send([*many(counter), counter.write(lead(counter.stamp))])
    assert len(projected(hub)["lead"]) == MANY + 1


def test_what_waits_is_judged_piece_by_piece(hub: Installation, counter: Counter):
    for _ in range(2):
        counter.send(unreadable(counter, backlog.PIECE + 1))
    assert [backlog.take_up(hub, "JL") for _ in range(4)] == [backlog.PIECE, backlog.PIECE, 2, 0]
    assert len(states(hub)) == 2 * backlog.PIECE + 2


def test_what_comes_after_what_waits_waits_behind_it(hub: Installation, counter: Counter):
    counter.send(unreadable(counter, 2 * backlog.PIECE))
    counter.send([counter.write(for_underwriter(counter.stamp))])
    assert (counter.decisions, waiting(hub)) == ([], 2 * backlog.PIECE + 1)
    counter.send([])
    assert (len(counter.decisions), waiting(hub)) == (backlog.PIECE, backlog.PIECE + 1)
    while backlog.take_up(hub, "JL"):
        pass
    assert list(states(hub).values()).count("waiting") == 1


def test_a_message_sent_again_is_judged_once(hub: Installation, counter: Counter):
    message = counter.message(many(counter))
    for _ in range(2):
        exchange(hub, message)
    counter.send([])
    exchange(hub, message)
    counter.send([])
    assert len(counter.decisions) == MANY + 1


def revised(counter: Counter, at_once: bool) -> None:
    """Send a record that the rules accept, and a later revision of it, which comes too late."""
    record = application(counter.stamp)
    counter.write(record)
    unreadable(counter)
    sent = 0 if at_once else len(counter.entries)
    if sent:
        counter.send(counter.entries)
    counter.write(changed(record, clerk="示例"), revision=2)
    unreadable(counter)
    counter.send(counter.entries[sent:])
    counter.send([])


@pytest.mark.parametrize("at_once", [True, False])
def test_revisions_are_judged_in_the_order_in_which_they_came(hub: Installation, counter: Counter, at_once: bool):
    revised(counter, at_once)
    record = counter.entries[0].record_id
    of_record = [made[1:] for made in outcomes(counter) if made[0] == record]
    assert of_record == [(1, Outcome.ACCEPTED), (2, Outcome.QUARANTINED)]
    assert states(hub)[record] == "decided"


@pytest.mark.parametrize("at_once", [True, False])
def test_a_rebuild_finds_the_same_order(hub: Installation, counter: Counter, at_once: bool):
    revised(counter, at_once)
    before = projected(hub)
    with write(hub.engine) as connection:
        rebuild(connection)
    assert projected(hub) == before


def test_a_rebuild_leaves_what_waits_to_be_judged(hub: Installation, counter: Counter):
    counter.send([counter.write(for_underwriter(counter.stamp))])
    counter.send(many(counter))
    before = projected(hub)
    with write(hub.engine) as connection:
        rebuild(connection)
    assert projected(hub) == before
    counter.send([])
    assert len(states(hub)) == len(counter.entries)


def test_a_failure_while_judging_leaves_all_of_it_waiting(
    hub: Installation, counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    counter.send(many(counter))
    with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
        patch.setattr("hub.judgement.judge", lambda *_: 1 / 0)
        backlog.take_up(hub, "JL")
    assert (states(hub), waiting(hub)) == ({}, len(counter.entries))
    assert backlog.take_up(hub, "JL") == len(counter.entries)


def test_judges_who_come_at_once_judge_once(hub: Installation, counter: Counter):
    counter.send(many(counter))
    others = [open_installation(hub.settings) for _ in range(3)]
    with ThreadPoolExecutor(4) as pool:
        judged = list(pool.map(lambda here: backlog.take_up(here, "JL"), [hub, *others]))
    for here in others:
        here.engine.dispose()
    assert sorted(judged) == [0, 0, 0, len(counter.entries)]
    counter.send([])
    assert len(counter.decisions) == MANY + 1


@contextmanager
def judging(hub: Installation) -> Iterator[None]:
    background = Background(hub, seconds=3600)
    background.start()
    yield
    background.stop()


def until_judged(hub: Installation) -> None:
    deadline = time.monotonic() + 60
    while backlog.points(hub) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert backlog.points(hub) == []


def test_the_background_finds_what_a_crash_left_at_its_start(hub: Installation, counter: Counter):
    counter.send(many(counter))
    restarted = open_installation(hub.settings)
    with judging(restarted):
        until_judged(hub)
    restarted.engine.dispose()
    assert len(states(hub)) == len(counter.entries)


def test_the_background_begins_as_soon_as_something_waits(hub: Installation, counter: Counter):
    with judging(hub):
        counter.send(many(counter))
        until_judged(hub)


def test_a_point_that_cannot_be_judged_keeps_nobody_else_waiting(
    hub: Installation, counter: Counter, monkeypatch: pytest.MonkeyPatch
):
    other = Counter(hub, "ZM").enrolled()
    true = backlog.take_up
    monkeypatch.setattr(backlog, "take_up", lambda here, point: 1 // (point != "JL") and true(here, point))
    with judging(hub):
        counter.send(unreadable(counter))
        other.send(unreadable(other))
        deadline = time.monotonic() + 60
        while backlog.points(hub) != ["JL"] and time.monotonic() < deadline:
            time.sleep(0.01)
    assert backlog.points(hub) == ["JL"]


def test_the_command_judges_all_that_waits(hub: Installation, hub_app: Flask, counter: Counter):
    counter.send(many(counter))
    done = hub_app.test_cli_runner().invoke(args=["judge"])
    assert (done.exit_code, str(len(counter.entries)) in done.stdout) == (0, True)
    assert backlog.points(hub) == []


def test_the_desk_says_how_many_wait(hub: Installation, desk: Browser, counter: Counter):
    counter.send(many(counter))
    assert f"另有 {len(counter.entries)} 份" in desk.get("/").text
    counter.send([])
    assert "另有" not in desk.get("/").text
