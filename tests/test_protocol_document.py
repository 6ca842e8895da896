"""docs/protocol.md is read by people who write the other side: it names everything that travels."""

import re
from pathlib import Path

import pytest

from domain.application import FORM_VERSION
from domain.received import BEHIND
from sync import pieces
from sync.pace import FIRST, LARGEST, SMALLEST
from wire.entry import CHAIN
from wire.fit import MOST_BODY
from wire.header import (
    VERSION,
    VERSIONS,
    Ack,
    Cursor,
    FileProblem,
    Header,
    Held,
    Piece,
    Problem,
    ProblemCode,
    Speaks,
    Stream,
)
from wire.message import LIMITS
from wire.suites import SUITES

TEXT = (Path(__file__).parent.parent / "docs" / "protocol.md").read_text("utf-8")
NAMED = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", TEXT))))


@pytest.mark.parametrize("kind", [Header, Stream, Cursor, Problem, Speaks, Piece, Held])
def test_it_names_every_field(kind: type[Header]):
    assert set(kind.__struct_fields__) <= NAMED


def test_it_names_every_field_of_an_acknowledgement():
    assert set(Ack.__struct_fields__) - {"producer", "epoch"} <= NAMED


def test_it_names_every_problem():
    assert {str(code) for code in (*ProblemCode, *FileProblem)} <= NAMED


def test_it_states_the_limits_and_sizes_in_force():
    assert CHAIN.decode() in TEXT
    assert set(re.findall(r"`(\w+/\w+)`: Ed25519", TEXT)) == set(SUITES)
    sizes = (LIMITS.message >> 20, LIMITS.header >> 10, LIMITS.body >> 20, LIMITS.entries)
    assert "message {} MB, header {} kB, expanded body {} MB, {}".format(*sizes) in TEXT
    assert f"A record has at most {MOST_BODY >> 10} kB" in TEXT
    assert f"{pieces.SMALLEST >> 10} to {pieces.LARGEST >> 10} kB, {pieces.FIRST >> 10} kB at first" in TEXT
    assert f"{SMALLEST >> 10}–{LARGEST >> 10} kB before compression: {FIRST >> 10} kB at first" in TEXT


def test_it_states_the_versions_in_force():
    today = dict(re.findall(r"^\| ([a-z ]+), `(?:v|form_version)`[a-z ]* \| (\d) \|", TEXT, re.MULTILINE))
    assert today == {"message": str(VERSION), "form of a record": str(FORM_VERSION)}
    assert len(VERSIONS) == min(VERSION, BEHIND + 1)
