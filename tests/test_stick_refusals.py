"""What comes on a stick is believed only when nothing about it is amiss."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from domain.errors import NotFound
from hub import stick as hub_stick
from hub.store import points
from hub.store.engine import write as write_at_hub
from store import exchange as marks
from store import journal
from store.connection import write
from tests.courier import Carried, answer, carried
from tests.pair import new_hub
from wire.bundle import MAGIC, seal_bundle
from wire.entry import GENESIS
from wire.header import Ack, Problem, ProblemCode
from wire.keys import SigningKey
from wire.message import pack
from wire.seal import seal


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    """A point and a hub, and a stick."""
    return carried(tmp_path)


def test_nobody_else_can_read_it(pair: Carried, tmp_path: Path):
    entries = pair.submit(1)
    (file,) = pair.out()
    assert entries[0].record_id.encode() not in file.read_bytes()
    stranger = new_hub(tmp_path / "stranger")
    assert hub_stick.take(stranger, file) == [hub_stick.Taken(file.name, 0, "stick.other_key")]


def test_the_ordinary_tool_opens_it_with_the_hubs_key(pair: Carried):
    entries = pair.submit(1)
    (file,) = pair.out()
    identity = pair.hub.settings.keys / "age.key"
    opened = subprocess.run(["age", "--decrypt", "--identity", identity, file], capture_output=True, check=True).stdout
    assert opened.startswith(MAGIC)
    assert entries[0].epoch.encode() in opened
    assert identity.stat().st_mode & 0o777 == 0o600


def classes(size: int) -> list[int]:
    """Return a byte of every part of an age file: first line, recipient, MAC, nonce, payload, tag, last."""
    return sorted({0, 1, 20, 25, 60, 110, 150, 175, 190, 200, 230, size // 2, size - 17, size - 16, size - 2, size - 1})


def test_it_refuses_a_file_that_ends_anywhere_and_a_flipped_bit_anywhere(pair: Carried):
    pair.submit(1)
    (file,) = pair.out()
    whole = file.read_bytes()
    for at in classes(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1
        for bad in (whole[:at], bytes(flipped)):
            file.write_bytes(bad)
            (one,) = pair.at_hub()
            assert one.problem in ("stick.unreadable", "stick.other_key"), at
    assert pair.at_the_hub() == []
    file.write_bytes(whole)
    assert pair.at_hub()[0].problem == ""


def test_what_comes_back_is_refused_when_any_part_of_it_is_changed(pair: Carried):
    pair.submit(1)
    pair.out()
    pair.at_hub()
    (file,) = pair.back()
    whole = file.read_bytes()
    for at in classes(len(whole)):
        for bad in (whole[:at], whole[:at] + bytes([whole[at] ^ 64]) + whole[at + 1 :]):
            file.write_bytes(bad)
            assert pair.home(file)[0].problem in ("stick.unreadable", "stick.other_key"), at
    assert pair.mark()[1] == 0


@pytest.mark.parametrize("inside", [b"", b"\0", b"\0\0\0\0", b"\0\0\0\5abc", b"\xff\xff\xff\xff", b"\0\0\0\1x"])
def test_it_refuses_nonsense_that_is_sealed_well(pair: Carried, inside: bytes):
    for begin in (b"", MAGIC):
        (pair.stick / "x.age").write_bytes(seal(begin + inside, pair.here.hub_seal))
        assert pair.at_hub(pair.stick / "x.age")[0].problem == "stick.unreadable"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"key": SigningKey.generate()}, "sync.not_the_hub"),
        ({"nonce": "never-sent"}, "stick.not_asked"),
        ({"receiver": "RK"}, "stick.not_asked"),
        ({"sender": "hub-other"}, "stick.not_asked"),
    ],
)
def test_only_the_hubs_answer_to_what_left_here_is_taken(pair: Carried, changes: dict[str, Any], code: str):
    pair.submit(1)
    pair.out()
    file = pair.stick / "answer.age"
    file.write_bytes(answer(pair, **changes))
    assert pair.home(file)[0].problem == code


def test_an_answer_of_before_a_restore_is_not_taken(pair: Carried):
    pair.submit(1)
    pair.out()
    pair.at_hub()
    pair.back()
    with write(pair.db):
        pair.db.execute("DELETE FROM bundled")
    assert [one.problem for one in pair.home()] == ["stick.not_asked"]
    assert pair.mark()[1] == 0


def test_an_old_gap_takes_no_mark_back(pair: Carried):
    pair.submit(2)
    pair.out()
    gap = answer(pair, problem=Problem(code=ProblemCode.GAP, seq=0, hash=GENESIS))
    pair.exchange()
    file = pair.stick / "old.age"
    file.write_bytes(gap)
    assert pair.home(file)[0].problem == ""
    assert pair.mark()[1] == 2


def test_a_gap_takes_a_mark_back_once_and_never_again(pair: Carried):
    pair.submit(2)
    pair.exchange()
    pair.submit(1)
    pair.out()
    file = pair.stick / "gap.age"
    file.write_bytes(answer(pair, problem=Problem(code=ProblemCode.GAP, seq=0, hash=GENESIS)))
    pair.home(file)
    assert pair.mark()[1] == 0
    with write(pair.db):
        two = list(journal.stream(pair.db, "JL", pair.db.execute("SELECT epoch FROM epoch").fetchone()[0], limit=2))
        ack = Ack(producer="JL", epoch=two[1].epoch, seq=2, hash=two[1].hash, hub_time="")
        marks.record_ack(pair.db, ack, b"")
    pair.home(file)
    assert pair.mark()[1] == 2


def test_a_bundle_of_two_senders_is_not_taken(pair: Carried):
    messages = [pack(pair.key, sender=code, receiver=pair.hub.name, nonce="n") for code in ("JL", "RK")]
    (pair.stick / "x.age").write_bytes(seal_bundle(messages, pair.here.hub_seal))
    assert pair.at_hub(pair.stick / "x.age")[0].problem == "stick.unreadable"


def test_a_revoked_point_brings_nothing_and_gets_nothing(pair: Carried):
    pair.submit(1)
    pair.out()
    with write_at_hub(pair.hub.engine) as connection:
        points.revoke(connection, "JL")
    assert pair.at_hub()[0].problem == "stick.revoked"
    with pytest.raises(NotFound, match=r"stick\.nothing"):
        pair.back()
