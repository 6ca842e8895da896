import json
import unicodedata
from datetime import date
from enum import StrEnum

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import canonical, digest

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "red"


class Thing(msgspec.Struct):
    when: date
    colour: Colour
    note: str | None = None
    count: int = 0
    tags: tuple[str, ...] = ()


def nfc(value: object) -> object:
    if isinstance(value, dict):
        return {nfc(key): nfc(item) for key, item in value.items()}
    if isinstance(value, list):
        return [nfc(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def test_it_writes_structs_dates_and_enums_with_sorted_keys_and_no_spaces() -> None:
    thing = Thing(when=date(2026, 11, 20), colour=Colour.RED, tags=("e\u0301", "a"))
    assert (
        canonical(thing) == '{"colour":"red","count":0,"note":null,"tags":["\u00e9","a"],"when":"2026-11-20"}'.encode()
    )


def test_it_writes_the_strings_of_rfc_8785() -> None:
    published = {"string": '\u20ac$\u000f\nA\'B"\\\\"/', "literals": [None, True, False]}
    expected = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(published) == expected.encode()


def test_it_sorts_keys_as_rfc_8785_does() -> None:
    published = ["\u20ac", "\r", "\u05d3", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\u05d3"]
    assert sorted(ordered, key=lambda key: key.encode("utf-16-be")) == list(
        json.loads(canonical(dict.fromkeys(published, 0)))
    )


def test_it_brings_text_to_nfc() -> None:
    assert canonical("e\u0301") == canonical("\u00e9") == '"é"'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": [0.5]}, float("nan"), 2**53, -(2**53)])
def test_it_refuses_numbers_that_readers_may_round(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


def test_it_refuses_unpaired_surrogates() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")


@given(VALUES)
def test_it_reads_back_as_the_same_value(value: object) -> None:
    assert json.loads(canonical(value)) == nfc(value)


@given(VALUES)
def test_it_is_its_own_canonical_form(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(0, 9)))
def test_it_does_not_depend_on_the_order_of_keys(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_it_digests_with_sha256() -> None:
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
