"""A new key with a full queue: nothing is lost wherever it is killed, and the old one ends with the new one's word."""

import contextlib
import itertools
from functools import partial
from pathlib import Path

import pytest

import hub.exchange
import keyfile
import sync.answer
import sync.exchange
from hub import invitation, taking
from hub.installation import Installation
from hub.store import points
from hub.store.engine import read
from hub.store.engine import write as write_hub
from hub.store.tables import point_key
from hub.succession import Signed
from store import exchange as marks
from store import tail
from sync import rotation
from sync.errors import ExchangeFailed
from sync.exchange import Report
from sync.rotation import Rotation
from tests.courier import Carried, carried
from tests.moments import Crash, Kill, copied, killable
from tests.pair import Line, known
from wire.header import Ack, Holds, Problem, ProblemCode
from wire.keys import SigningKey
from wire.message import Message, open_message, pack


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    return carried(tmp_path)


def exchange(pair: Carried) -> Report:
    ours = Rotation.of(pair.keys)
    return sync.exchange.exchange(pair.db, ours.signing, pair.here, pair.line, rotation=ours)


def states(pair: Carried) -> dict[str, str]:
    """Return key id → how it stands at the hub."""
    with read(pair.hub.engine) as connection:
        return {row.key_id: row.state for row in connection.execute(point_key.select())}


def answered(pair: Carried, message: bytes) -> Message:
    return open_message(hub.exchange.exchange(pair.hub, message).body, pair.hub.key.public)


def current(pair: Carried) -> SigningKey:
    return rotation.current(pair.keys)


def test_a_new_key_takes_the_place_of_the_old_one_with_a_full_queue(pair: Carried):
    old, sent = current(pair), pair.submit(3)
    new = rotation.begin(pair.keys)
    assert exchange(pair).complete
    assert current(pair).public == new
    assert states(pair) == {old.public.key_id: "replaced", new.key_id: "active"}
    sent += pair.submit(1)
    assert exchange(pair).complete
    assert pair.at_the_hub() == known(sent)


def test_to_begin_twice_is_to_begin_once(pair: Carried):
    assert rotation.begin(pair.keys) == rotation.begin(pair.keys)
    exchange(pair)
    assert rotation.begin(pair.keys) != current(pair).public


def test_it_switches_only_when_the_hub_has_named_the_new_key(pair: Carried):
    old = current(pair)
    rotation.begin(pair.keys)

    def lose(_answer: bytes) -> bytes:
        raise ExchangeFailed("sync.no_link")

    pair.line.down = lose
    exchange(pair)
    assert current(pair) == old
    pair.line = Line(pair.hub)
    assert exchange(pair).complete
    assert current(pair) != old


def test_it_does_not_switch_for_a_key_it_never_made(pair: Carried):
    old, other = current(pair), SigningKey.generate()
    rotation.begin(pair.keys)
    named = Rotation(pair.keys, old, other).announcement("JL", pair.hub.name)
    assert not Rotation.of(pair.keys).heed(named)
    assert current(pair) == old


def test_the_old_key_works_until_the_first_word_of_the_new_one_and_no_longer(pair: Carried):
    old = current(pair)
    rotation.begin(pair.keys)
    announced = pack(
        old, sender="JL", receiver=pair.hub.name, nonce="n",
        next_key=Rotation.of(pair.keys).announcement("JL", pair.hub.name),
    )  # fmt: skip
    assert answered(pair, announced).header.next_key
    assert answered(pair, pack(old, sender="JL", receiver=pair.hub.name, nonce="o")).header.problem is None
    exchange(pair)
    problem = answered(pair, pack(old, sender="JL", receiver=pair.hub.name, nonce="p")).header.problem
    assert problem
    assert problem.code is ProblemCode.REVOKED


def test_a_hub_believes_no_next_key_whose_other_half_the_sender_does_not_hold(pair: Carried):
    stranger, mine = SigningKey.generate(), current(pair)
    elsewhere = Rotation(pair.keys, mine, stranger).announcement("JL", "hub-of-another")
    reply = answered(pair, pack(mine, sender="JL", receiver=pair.hub.name, nonce="n", next_key=elsewhere))
    assert reply.header.next_key is None
    assert list(states(pair)) == [mine.public.key_id]


def test_no_key_comes_back(pair: Carried):
    first = current(pair)
    rotation.begin(pair.keys)
    exchange(pair)
    back = Rotation(pair.keys, current(pair), first).announcement("JL", pair.hub.name)
    reply = answered(pair, pack(current(pair), sender="JL", receiver=pair.hub.name, nonce="n", next_key=back))
    assert reply.header.next_key is None
    assert states(pair)[first.public.key_id] == "replaced"


def late(pair: Carried) -> tuple[list[Path], SigningKey]:
    """Write a stick under the old key and lay it aside, then change the key over the line; nothing was sent yet."""
    files, old = pair.out(), current(pair)
    rotation.begin(pair.keys)
    ours = Rotation.of(pair.keys)
    holds = Holds(streams=tail.holdings(pair.db))
    said = partial(pack, sender="JL", receiver=pair.hub.name)
    next_key = ours.announcement("JL", pair.hub.name)
    answered(pair, said(old, nonce="1", next_key=next_key, holds=holds))
    ours.heed(next_key)
    answered(pair, said(current(pair), nonce="2"))
    return files, old


def test_a_stick_of_before_the_switch_is_taken_when_it_comes_after_it(pair: Carried):
    sent = pair.submit(3)
    late(pair)
    assert [(one.entries, one.problem) for one in pair.at_hub()] == [(3, "")]
    assert pair.at_the_hub() == known(sent)
    pair.back()
    assert [one.confirmed for one in pair.home()] == [3]


def test_a_replaced_key_delivers_nothing_that_was_written_after_it(pair: Carried):
    pair.submit(2)
    _, old = late(pair)
    pair.at_hub()
    (entry,) = pair.submit(1)
    problem = answered(pair, pack(old, sender="JL", receiver=pair.hub.name, nonce="n", entries=[entry])).header.problem
    assert problem
    assert problem.code is ProblemCode.REVOKED
    assert len(pair.at_the_hub()) == 2


def test_a_replaced_key_learns_nothing_and_freezes_nothing(pair: Carried, tmp_path: Path):
    clone = pair.clone(tmp_path / "clone")
    clone.submit(1)
    sent = pair.submit(1)
    _, old = late(pair)
    forged = marks.next_batch(clone.db, 1 << 20, 9)
    pair.at_hub()
    reply = answered(pair, pack(old, sender="JL", receiver=pair.hub.name, nonce="n", entries=forged))
    assert (reply.header.problem is not None, reply.entries) == (True, ())
    told = answered(pair, pack(old, sender="JL", receiver=pair.hub.name, nonce="n", entries=sent))
    assert (told.header.ack is not None, told.entries) == (True, ())
    sent += pair.submit(1)
    assert exchange(pair).complete
    assert pair.at_the_hub() == known(sent)


def test_a_key_that_was_taken_away_delivers_nothing_at_all(pair: Carried):
    pair.submit(1)
    pair.out()
    with write_hub(pair.hub.engine) as connection:
        points.renew_key(connection, "JL", SigningKey.generate().public)
    assert [one.problem for one in pair.at_hub()] == ["stick.revoked"]


@pytest.mark.parametrize("changing", [True, False], ids=["its next key", "the key it had"])
def test_a_machine_given_up_while_its_message_waits_delivers_nothing_and_learns_nothing(
    pair: Carried, monkeypatch: pytest.MonkeyPatch, changing: bool
):
    pair.submit(1)
    if changing:
        rotation.begin(pair.keys)
    taken = taking.take

    def after_it_was_given_up(here: Installation, message: Signed) -> tuple[Ack | None, Problem | None]:
        if not changing or message.key.state == points.NEXT:
            invitation.replace(here, "JL", "https://hub.example", 7)
        return taken(here, message)

    monkeypatch.setattr(taking, "take", after_it_was_given_up)
    report, before = exchange(pair), len(pair.at_the_hub())
    assert report.problem == "sync.revoked"
    assert set(states(pair).values()) == {points.REVOKED}
    pair.submit(1)
    assert exchange(pair).received == 0
    assert len(pair.at_the_hub()) == before


def test_a_point_without_a_line_changes_its_key_by_stick(pair: Carried):
    old = current(pair)
    pair.submit(2)
    new = rotation.begin(pair.keys)
    assert pair.round().confirmed == 2
    assert current(pair).public == new
    pair.submit(1)
    assert pair.round().confirmed == 1
    assert states(pair) == {old.public.key_id: "replaced", new.key_id: "active"}


def test_a_hub_set_back_to_before_the_switch_is_told_of_it_again(pair: Carried):
    pair.hub.engine.dispose()
    before = pair.hub.settings.database.read_bytes()
    rotation.begin(pair.keys)
    exchange(pair)
    new = current(pair)
    pair.hub.engine.dispose()
    for file in pair.hub.settings.data.glob("hub.db*"):
        file.unlink()
    pair.hub.settings.database.write_bytes(before)
    sent = pair.submit(1)
    assert exchange(pair).waiting == 0
    assert states(pair)[new.public.key_id] == "active"
    assert pair.at_the_hub() == known(sent)


def test_killed_at_any_moment_it_ends_with_one_key_and_everything_once(tmp_path: Path):
    (tmp_path / "origin").mkdir()
    origin = carried(tmp_path / "origin")
    sent = origin.submit(1)
    rotation.begin(origin.keys)
    for moment in itertools.count(1):
        pair, kill = copied(origin, tmp_path / str(moment)), Kill(moment)
        with pytest.MonkeyPatch.context() as patch:
            killable(patch, kill)
            with contextlib.suppress(Crash):
                exchange(pair)
        pair.reopen()
        assert exchange(pair).complete, moment
        assert sorted(states(pair).values()) == ["active", "replaced"], moment
        assert states(pair)[current(pair).public.key_id] == "active", moment
        assert not keyfile.exists(pair.keys, rotation.NEXT), moment
        assert pair.at_the_hub() == known(sent), moment
        if kill.seen < moment:
            break
    assert moment > 10


def test_no_key_file_is_left_half_written(pair: Carried):
    rotation.begin(pair.keys)
    exchange(pair)
    rotation.begin(pair.keys)
    exchange(pair)
    assert {file.name for file in pair.keys.iterdir()} >= {"point.key", "point-before.key"}
    assert not list(pair.keys.glob("*.tmp"))
    assert all(file.stat().st_mode & 0o077 == 0 for file in pair.keys.glob("point*.key"))
