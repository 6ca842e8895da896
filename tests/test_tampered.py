"""Of ten thousand tampered messages none is taken, neither by the hub nor by the point."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.uuid7 import new_uuid7
from hub.exchange import exchange
from hub.installation import Installation, open_installation
from hub.store import tables
from hub.store.engine import read
from tests import insurer
from tests.faults.tampering import tampered
from tests.insurer import Counter, application, lead
from tests.killing import often, seeded
from tests.pair import Pair, new_pair
from wire.errors import MessageError
from wire.header import CODECS, Ack, Codec, Problem, ProblemCode
from wire.keys import SigningKey
from wire.message import open_message, open_reply, pack

TO_THE_HUB, TO_THE_POINT, THROUGH_AN_EXCHANGE = 4000, 5960, 40
IDENTITY: Codec = "identity"


@pytest.fixture
def hub(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Installation]:
    """A hub that writes no line for each message it refuses."""
    caplog.set_level(logging.ERROR, "tsheg.security")
    hub = insurer.with_product(open_installation(insurer.settings(tmp_path / "hub")))
    yield hub
    hub.engine.dispose()


def said(hub: Installation) -> list[bytes]:
    """Return what two points have to say: polls and records, in every codec."""
    messages = []
    for code in ("JL", "ZM"):
        point = Counter(hub, code).enrolled()
        entries = [point.write(application(point.stamp)), point.write(lead(point.stamp))]
        entries.append(point.append(new_uuid7(), b"not json"))
        messages += [point.message(entries, codecs=(codec,)) for codec in (*CODECS, IDENTITY)]
        messages.append(point.message(entries, accept=CODECS, room=1 << 19))
        messages.append(point.message([], cursor=point.cursor))
    return messages


def held(hub: Installation) -> int:
    with read(hub.engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.entry)) or 0


def test_the_hub_takes_none(hub: Installation):
    messages, chance = said(hub), seeded()
    before = held(hub)
    for _ in range(often(TO_THE_HUB)):
        changed = tampered(chance, messages)
        answer = exchange(hub, changed)
        opened = open_message(answer.body, hub.key.public)
        assert (answer.status >= 400, opened.header.ack, opened.entries) == (True, None, ()), changed
    assert held(hub) == before
    assert {exchange(hub, message).status for message in messages} == {200}


def test_the_hub_takes_no_true_message_that_is_not_for_it(hub: Installation):
    point, other = Counter(hub).enrolled(), Counter(hub, "ZM").enrolled()
    entries = [point.write(lead(point.stamp))]
    for key, sender, receiver in (
        (point.key, "JL", "hub-0000000000000000"),
        (point.key, "ZM", hub.name),
        (other.key, "ZM", hub.name),
        (other.key, "JL", hub.name),
        (hub.key, hub.name, hub.name),
        (SigningKey.generate(), "JL", hub.name),
    ):
        answer = exchange(hub, pack(key, sender=sender, receiver=receiver, nonce="n", entries=entries))
        assert answer.status >= 400
    assert exchange(hub, point.message(entries)).status == 200


def answers(hub: Installation, receiver: str, nonce: str) -> list[bytes]:
    """Return what the hub may say to a point: an acknowledgement, a problem, and records in every codec."""
    who: dict[str, Any] = {"sender": hub.name, "receiver": receiver, "nonce": nonce}
    ack = Ack(producer=receiver, epoch="epoch-1", seq=1, hash=b"h" * 32, hub_time="")
    polled = exchange(hub, Counter(hub, receiver).enrolled().message([]))
    down = open_message(polled.body, hub.key.public).entries
    in_codecs = [pack(hub.key, **who, entries=down, codecs=(codec,)) for codec in (*CODECS, IDENTITY)]
    return [
        pack(hub.key, **who, ack=ack, entries=down),
        pack(hub.key, **who, problem=Problem(code=ProblemCode.GAP)),
        *in_codecs,
    ]


def test_the_point_believes_none(hub: Installation):
    chance = seeded()
    ours, others = answers(hub, "JL", "n"), [*answers(hub, "ZM", "n"), *answers(hub, "RK", "m")]
    expected: dict[str, Any] = {"sender": hub.name, "receiver": "JL", "nonce": "n"}
    wrong = [tampered(chance, ours + others) for _ in range(often(TO_THE_POINT))]
    for answer in wrong + others:
        with pytest.raises(MessageError):
            open_reply(answer, hub.key.public, **expected)
    assert all(open_reply(answer, hub.key.public, **expected) for answer in ours)


def state(pair: Pair) -> tuple[object, ...]:
    """Return how far the point believes to be, and what it holds."""
    counts = "SELECT (SELECT count(*) FROM journal), (SELECT answered_at FROM contact)"
    return (*pair.mark(), *pair.db.execute(counts).fetchone())


def test_no_exchange_is_moved_by_one(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.ERROR, "tsheg.security")
    pair, chance = new_pair(tmp_path), seeded()
    pair.submit(2)
    pair.line.down = lambda answer: tampered(chance, [answer, *pair.line.answers])
    pair.exchange()
    before = state(pair)
    for _ in range(often(THROUGH_AN_EXCHANGE)):
        assert pair.exchange().problem == "sync.not_the_hub"
    assert state(pair) == before
    assert before[1] == 0
    pair.line.down = bytes
    assert pair.exchange().complete
