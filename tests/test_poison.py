"""Hundreds of records that nobody should write: stored, signed for, set aside with reasons; no point is blocked."""

import msgspec

from domain.canonical import canonical
from domain.uuid7 import new_uuid7
from domain.words import Outcome
from hub.installation import Installation
from hub.store import journal
from hub.store.applications import PAGE
from hub.store.engine import read
from tests.browser import Browser
from tests.faults.poison import Poison, poison
from tests.insurer import Counter, application, for_underwriter
from tests.test_hub_exchange import held, state
from wire.entry import Entry

A_MESSAGE, PROMISED = 20, 200


Sent = list[tuple[Poison, Entry]]


def send_all(counter: Counter) -> tuple[Sent, list[Entry]]:
    """Send all poison, a right application in every message; return both. Each message is signed for whole."""
    records, sent, right = list(poison()), [], []
    for start in range(0, len(records), A_MESSAGE):
        some = records[start : start + A_MESSAGE]
        new = [counter.append(one.record_id or new_uuid7(), one.body, one.kind, one.revision) for one in some]
        right.append(counter.write(application(counter.stamp)))
        ack = counter.send([*new, right[-1]]).header.ack
        assert ack
        assert ack.hash == right[-1].hash
        sent += list(zip(some, new, strict=True))
    return sent, right


def test_none_blocks_what_comes_after_it(hub: Installation, counter: Counter, desk: Browser):
    sent, right = send_all(counter)
    assert len(sent) >= PROMISED
    assert {state(hub, entry) for entry in right} == {"decided"}
    assert held(hub) == len(sent) + len(right) + len(counter.down)
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None
    set_aside_with_reasons(counter, sent)
    shown_at_the_desk(desk, sent)


def set_aside_with_reasons(counter: Counter, sent: Sent) -> None:
    answers = {(made.application, made.application_revision): made for made in counter.decisions}
    for one, entry in sent:
        if one.kind == "application" and not one.later:
            made = answers[entry.record_id, entry.revision]
            assert (made.outcome, bool(made.reasons), ": " in made.note) == (Outcome.QUARANTINED, True, True), one.why


def shown_at_the_desk(desk: Browser, sent: Sent) -> None:
    for page in range(1, len(sent) // PAGE + 2):
        assert desk.get(f"/applications/quarantined?page={page}").status_code == 200
    assert desk.get("/leads").status_code == 200
    for one, entry in sent[::3]:
        if one.kind == "application" and not one.record_id:
            assert desk.get(f"/applications/JL/{entry.record_id}").status_code == 200, one.why


def test_a_point_cannot_decide_for_the_insurer(hub: Installation, counter: Counter):
    waiting = counter.write(for_underwriter(counter.stamp))
    granted = counter.write(application(counter.stamp))
    counter.send()
    forged = msgspec.structs.replace(counter.decisions[0], record_id=new_uuid7(), application=waiting.record_id)
    counter.append(forged.record_id, canonical(forged), "decision")
    ack = counter.send(counter.entries[-1:]).header.ack
    assert ack
    assert (state(hub, waiting), state(hub, granted)) == ("waiting", "decided")
    assert (held(hub, "decision"), held(hub, "policy")) == (1, 1)
