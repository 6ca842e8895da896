"""Entries in columns: what comes out is what went in, byte for byte, and nothing else is ever let in."""

import hashlib
import secrets
from pathlib import Path
from random import Random
from typing import Any

import brotli
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.point import CLERK, PRODUCT, completed
from demo.applications import applications
from domain.canonical import canonical
from scripts.primer import primer
from store.clock import today
from tests.test_message import KEY, chain, forged, packed
from wire.body import read_body, write_body
from wire.codec import PRIMER
from wire.columns.entries import read_entries, write_entries
from wire.columns.source import Source
from wire.columns.values import Unwritable, read_values, write_values
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, place
from wire.errors import Malformed, MessageError, TooLarge
from wire.header import CODECS, Codec
from wire.lines import line_of
from wire.message import open_message

LIMIT = 1 << 20
ROOT = Path(__file__).parent.parent
SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"]))
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcཀ", max_size=3), inner, max_size=4)
)


def entries_of(bodies: list[bytes], made_at: str = "2026-11-20T01:02:03Z") -> list[Entry]:
    """Put *bodies* into a stream, one revision each."""
    entries: list[Entry] = []
    for seq, body in enumerate(bodies, start=1):
        record_id = f"01a1f794-abe4-7a23-9da7-{seq:012x}"
        revision = Revision(
            record_id=record_id, kind="k", revision=1, form_version=1, made_at=made_at, made_by=CLERK, body=body
        )
        prev_hash = entries[-1].hash if entries else GENESIS
        salt = secrets.token_bytes(SALT_BYTES)
        entries.append(place(revision, producer="JL", epoch="e", seq=seq, prev_hash=prev_hash, salt=salt))
    return entries


def sample(count: int) -> list[Entry]:
    """Take *count* applications at a counter."""
    return entries_of([canonical(completed(one, today())) for one in applications(PRODUCT, today(), count)])


def returned(entries: list[Entry], limit: int = LIMIT) -> bool:
    """Say whether exactly *entries* come back from their columns."""
    return list(read_entries(write_entries(entries), len(entries), limit)) == [line_of(entry) for entry in entries]


@given(st.lists(TREES, min_size=1, max_size=12))
def test_it_returns_any_values(values: list[Any]):
    source = Source(write_values(values), LIMIT)
    assert msgspec.json.encode(read_values(source, len(values))) == msgspec.json.encode(values)
    source.end()


@given(st.lists(TREES, min_size=1, max_size=6))
def test_it_returns_any_canonical_body(trees: list[Any]):
    assert returned(entries_of([canonical({"value": tree}) for tree in trees]))


ODD = ["", "null", "[1]", '"text"', '{"a":1.5}', '{"a": 1}', '{"a":1,"a":2}', '{"a":9007199254740993}', '{"a":1e2}',
       '{"a":"\\u4e2d"}', '{"a":-0}', "{", "[" * 100_000, '{"a":' + "[" * 40 + "]" * 40 + "}", '{"a":"\\ud800"}',
       '{"a":99999999999999999999999999}']  # fmt: skip


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_it_sends_a_body_whole_that_it_could_not_build_again(body: str):
    assert returned(entries_of([b'{"a":1}', body.encode(), b'{"b":[1]}']))


@pytest.mark.parametrize("made_at", ["2026-11-20T01:02:03Z", "2026-11-20T09:00:00+08:00", "2026-02-30T01:02:03Z", ""])
def test_it_returns_any_moment(made_at: str):
    assert returned(entries_of([b"{}"] * 3, made_at))


def test_it_makes_applications_smaller_than_the_best_compression_of_their_json():
    entries = sample(60)
    whole = brotli.compress(b"[" + b",".join(entry.body for entry in entries) + b"]")
    assert len(write_body(entries, CODECS)[1]) < len(whole)
    assert returned(entries)


@pytest.mark.parametrize("value", [1.5, 2**53, b"bytes"])
def test_it_refuses_to_write_what_has_no_column(value: Any):
    with pytest.raises(Unwritable):
        write_values([value])


GROWING = {
    "nulls": write_values([[None] * 9_000]),
    "one string again and again": write_values(["x" * 900] * 20),
    "one key again and again": write_values([{"k" * 900: None}] * 20),
    "empty arrays": write_values([[[]] * 4_000]),
    "nulls by the million": b"\5" + b"\0\4\x7f\xff\xff\xff" + b"\0",
}


@pytest.mark.parametrize("data", GROWING.values(), ids=GROWING)
def test_it_makes_no_more_json_than_allowed(data: bytes):
    with pytest.raises(TooLarge):
        read_values(Source(data, 8_000), 20 if b"x" in data or b"k" in data else 1)


def test_it_lets_no_changed_byte_crash_it():
    data, chance = write_entries(sample(4)), Random(7)
    for _ in range(3_000):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(len(changed))] = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
        try:
            read_entries(bytes(changed), 4, LIMIT)
        except (Malformed, TooLarge):
            continue


@given(st.binary(max_size=300), st.integers(1, 5))
def test_it_lets_no_noise_crash_it(noise: bytes, count: int):
    with pytest.raises(MessageError):
        read_entries(noise, count, LIMIT)


def test_it_refuses_columns_that_end_early_or_go_on():
    data = write_entries(sample(2))
    for wrong in (data + b"\0", *(data[:length] for length in range(len(data)))):
        with pytest.raises(Malformed):
            read_entries(wrong, 2, LIMIT)


def test_it_refers_to_the_primer_where_that_is_smaller():
    assert write_body(sample(1), CODECS)[0] == "columns/deflate-1"
    assert write_body(sample(60), CODECS)[0] == "columns/br"


def test_the_primer_never_changes():
    assert len(primer()) == len(PRIMER.read_bytes())
    assert hashlib.sha256(PRIMER.read_bytes()).hexdigest() in (ROOT / "docs" / "protocol.md").read_text("utf-8")


@pytest.mark.parametrize("codec", CODECS)
def test_one_application_comes_back_from_every_codec(codec: Codec):
    entry = sample(1)
    assert open_message(packed(entry, codecs=(codec,)), KEY.public).entries == (*entry,)


WRONG = [
    brotli.compress(write_entries(chain(3))),
    brotli.compress(write_entries(chain(1))),
    brotli.compress(write_entries(chain(2)[::-1])),
    brotli.compress(write_entries(chain(2))) + b"more",
    brotli.compress(write_entries(chain(2)))[:-2],
    write_entries(chain(2)),
    b"",
]


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_it_refuses_signed_columns_that_contradict_their_stream(body: bytes):
    with pytest.raises(Malformed):
        open_message(forged(body=body, codec="columns/br"), KEY.public)


def test_it_refuses_a_decompression_bomb_without_expanding_it():
    with pytest.raises(TooLarge):
        read_body(brotli.compress(b"\0" * (LIMIT * 64), quality=5), "columns/br", None, LIMIT, 10)
