"""A bundle's bytes, and the file they are written to."""

import os
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import durable
import stick
from domain.errors import Unavailable
from store import ledger
from tests.courier import Carried, carried
from wire.bundle import MAGIC, open_bundle, seal_bundle
from wire.errors import MessageError
from wire.seal import SealingKey, seal


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    """A point and a hub, and a stick."""
    return carried(tmp_path)


STEPS = ("write", "fsync", "rename", "folder")


def test_a_stick_that_is_gone_or_full_is_not_called_written(pair: Carried, monkeypatch: pytest.MonkeyPatch):
    pair.submit(1)
    shutil.rmtree(pair.stick)
    with pytest.raises(Unavailable, match=r"stick\.not_written"):
        pair.out()
    pair.stick.mkdir()
    monkeypatch.setattr(stick, "_from_the_medium", lambda path: path.read_bytes()[:-1])
    with pytest.raises(Unavailable, match=r"stick\.not_verified"):
        pair.out()
    assert ledger.count(pair.db).carried == 0


@pytest.mark.parametrize("step", STEPS)
def test_pulled_out_at_any_step_the_older_file_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    name = stick.Name("JL", "e", 1, 2)
    stick.write(tmp_path, name, b"old")

    def broken(*_: object, **__: object) -> None:
        raise OSError("pulled")

    def broken_after_the_file(path: Path) -> None:
        if path.is_dir():
            raise OSError("pulled")

    at = {
        "write": (Path, "open", broken),
        "fsync": (os, "fsync", broken),
        "rename": (Path, "replace", broken),
        "folder": (durable, "sync", broken_after_the_file),
    }
    monkeypatch.setattr(*at[step])
    with pytest.raises(Unavailable, match=r"stick\.not_written"):
        stick.write(tmp_path, name, b"new")
    monkeypatch.undo()
    assert (tmp_path / str(name)).read_bytes() in ((b"new",) if step == "folder" else (b"old",))


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_no_bytes_break_what_opens_a_bundle(data: bytes):
    key = SealingKey.generate()
    for sealed in (data, seal(MAGIC + data, key.recipient)):
        try:
            messages = open_bundle(sealed, key)
        except MessageError:
            continue
        assert b"".join(len(one).to_bytes(4, "big") + one for one in messages) == data


def test_of_ten_thousand_tampered_bundles_none_is_opened():
    key, dice = SealingKey.generate(), random.Random(7)
    whole = seal_bundle([bytes(400)] * 3, key.recipient)
    for _ in range(10_000):
        with pytest.raises(MessageError):
            open_bundle(tampered(whole, dice), key)


def tampered(whole: bytes, dice: random.Random) -> bytes:
    """Flip a bit, cut off, leave out, double or exchange: never the same bytes."""
    at, to = sorted(dice.sample(range(len(whole)), 2))
    flipped = whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
    swapped = whole[to:] + whole[:to]
    return dice.choice([flipped, whole[:at], whole[:at] + whole[to:], whole[:to] + whole[at:], swapped])
