"""docs/protocol.md is read by people who write the other side: it names everything that travels."""

import re
from pathlib import Path

import pytest

from sync import pieces
from sync.exchange import FIRST, LARGEST, SMALLEST
from wire.entry import CHAIN
from wire.header import Ack, Cursor, FileProblem, Header, Held, Piece, ProblemCode, Stream
from wire.keys import SUITE
from wire.message import LIMITS

TEXT = (Path(__file__).parent.parent / "docs" / "protocol.md").read_text("utf-8")
NAMED = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", TEXT))))


@pytest.mark.parametrize("kind", [Header, Stream, Cursor, Piece, Held])
def test_it_names_every_field(kind: type[Header]):
    assert set(kind.__struct_fields__) <= NAMED


def test_it_names_every_field_of_an_acknowledgement():
    assert set(Ack.__struct_fields__) - {"producer", "epoch"} <= NAMED


def test_it_names_every_problem():
    assert {str(code) for code in (*ProblemCode, *FileProblem)} <= NAMED


def test_it_states_the_limits_and_sizes_in_force():
    assert CHAIN.decode() in TEXT
    assert SUITE in TEXT
    sizes = (LIMITS.message >> 20, LIMITS.header >> 10, LIMITS.body >> 20, LIMITS.entries)
    assert "message {} MB, header {} kB, expanded body {} MB, {}".format(*sizes) in TEXT
    assert f"{pieces.SMALLEST >> 10} to {pieces.LARGEST >> 10} kB, {pieces.FIRST >> 10} kB at first" in TEXT
    assert f"{SMALLEST >> 10}–{LARGEST >> 10} kB before compression: {FIRST >> 10} kB at first" in TEXT
