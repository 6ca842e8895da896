import json
from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.application import Application
from domain.check import shape, texts
from domain.errors import Invalid, Problem
from domain.problems import MESSAGES
from domain.problems import shape as shape_messages
from tests.sample import APPLICATION, changed

PLAIN = msgspec.to_builtins(APPLICATION)
WHOLE = msgspec.json.encode(APPLICATION)
GONE = object()

CASES = [
    ("policyholder", "shape_missing", ["policyholder"], GONE),
    ("buyers/0/trade/goods", "shape_missing", ["buyers", 0, "trade", "goods"], GONE),
    ("wish", "shape_unknown", ["wish"], "x"),
    ("cover/two\nlines", "shape_unknown", ["cover", "two\nlines"], 1),
    ("channel", "shape_choice", ["channel"], "post"),
    ("business/purposes/0", "shape_choice", ["business", "purposes"], ["x - at `$.cover`"]),
    ("channel", "shape_text", ["channel"], 3),
    ("policyholder/name", "shape_text", ["policyholder", "name"], None),
    ("policyholder/name", "shape_text", ["policyholder", "name"], ["a"]),
    ("policyholder/name", "shape_too_short", ["policyholder", "name"], ""),
    ("policyholder/name", "shape_too_long", ["policyholder", "name"], "a" * 61),
    ("policyholder/id_number", "shape_too_short", ["policyholder", "id_number"], "1"),
    ("policyholder/mobile", "shape_mobile", ["policyholder", "mobile"], "0891-6330000"),
    ("policyholder/county", "shape_county", ["policyholder", "county"], "吉隆"),
    ("policyholder/established_on", "shape_date", ["policyholder", "established_on"], "2026-02-30"),
    ("policyholder/established_on", "shape_date", ["policyholder", "established_on"], 20260230),
    ("buyers", "shape_list", ["buyers"], {}),
    ("buyers", "shape_too_short", ["buyers"], []),
    ("buyers", "shape_too_long", ["buyers"], PLAIN["buyers"] * 6),
    ("buyers/0", "shape_object", ["buyers", 0], "x"),
    ("buyers/0/area", "shape_area", ["buyers", 0, "area"], "x"),
    ("buyers/0/related", "shape_boolean", ["buyers", 0, "related"], "no"),
    ("buyers/0/related", "shape_boolean", ["buyers", 0, "related"], 0),
    ("buyers/0/first_trade_year", "shape_integer", ["buyers", 0, "first_trade_year"], "2021"),
    ("buyers/0/trade/amount_fen", "shape_integer", ["buyers", 0, "trade", "amount_fen"], 8500.5),
    ("buyers/0/trade/amount_fen", "shape_integer", ["buyers", 0, "trade", "amount_fen"], "8500"),
    ("buyers/0/trade/amount_fen", "shape_integer", ["buyers", 0, "trade", "amount_fen"], True),
    ("buyers/0/trade/amount_fen", "shape_too_small", ["buyers", 0, "trade", "amount_fen"], -1),
    ("buyers/0/trade/amount_fen", "shape_too_large", ["buyers", 0, "trade", "amount_fen"], 10**30),
    ("buyers/0/trade/credit_days", "shape_too_large", ["buyers", 0, "trade", "credit_days"], 3651),
    ("cover/product", "shape_product", ["cover", "product"], "Sample"),
    ("cover/tier", "shape_tier", ["cover", "tier"], "a b"),
    ("record_id", "shape_record_id", ["record_id"], "1"),
    ("point/code", "shape_code", ["point"], {"code": "jl", "name": "x", "kind": "bank"}),
]


def line(path: list[Any], value: Any) -> bytes:
    record = json.loads(json.dumps(PLAIN))
    place = record
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    if value is GONE:
        del place[path[-1]]
    return json.dumps(record).encode()


def refused(body: bytes) -> Problem:
    with pytest.raises(Invalid) as caught:
        shape.read(body)
    [problem] = caught.value.problems
    return problem


@pytest.mark.parametrize(("place", "code", "path", "value"), CASES)
def test_it_refuses_a_wrong_shape_with_its_own_message(place, code, path, value):
    problem = refused(line(path, value))
    assert (problem.path, problem.code) == (place, code)
    assert MESSAGES[code] % problem.values


@pytest.mark.parametrize("body", [
    b"", b"{", b"x", b"\xff\xfe", b"{'a': 1}", WHOLE + b"{}", WHOLE[:-1],
    *(WHOLE.replace(b"FP-1", wrong) for wrong in (b"\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\\ud800", b"\x00")),
])  # fmt: skip
def test_it_refuses_what_is_no_json_in_utf_8(body):
    assert refused(body) == Problem("", "shape_json")


@pytest.mark.parametrize("body", [b"null", b"[]", b"3", b'"x"', b"[" * 100_000])
def test_it_refuses_what_is_no_object(body):
    assert refused(body) == Problem("", "shape_object")


def test_every_code_of_the_shape_is_refused_somewhere_here():
    assert set(shape_messages.MESSAGES) == {code for _, code, _, _ in CASES} | {"shape_json"}


def test_every_pattern_has_a_message_of_its_own():
    schema = msgspec.json.schema(Application)
    fields = {
        name
        for definition in schema["$defs"].values()
        for name, field in definition.get("properties", {}).items()
        if "pattern" in field or any("pattern" in choice for choice in field.get("anyOf", ()))
    }
    assert fields == set(shape.BY_PATTERN)


def test_it_reads_what_is_right():
    assert shape.read(msgspec.json.encode(APPLICATION)) == APPLICATION


def test_a_record_made_by_hand_is_held_to_its_own_type():
    assert shape.check(APPLICATION) == []
    long = changed(APPLICATION, buyers__0__trade__goods="长" * 121)
    assert shape.check(long) == [Problem("buyers/0/trade/goods", "shape_too_long", {"most": "120"})]


leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
fields = st.sampled_from(list(PLAIN))
anything = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(fields | st.text(), inner), max_leaves=8
)


@given(fields, anything)
def test_it_never_breaks_on_any_json(field, value):
    with suppress(Invalid):
        shape.read(json.dumps({**PLAIN, field: value}).encode())


@given(st.binary(max_size=200))
def test_it_never_breaks_on_any_bytes(body):
    with pytest.raises(Invalid):
        shape.read(body)


@pytest.mark.parametrize(("text", "code"), [
    ("a\u202eb", "text_invisible"), ("a\x00b", "text_invisible"), ("a\ufeff", "text_invisible"),
    ("\ue000", "text_private_use"), ("\ufffd", "text_damaged"), ("a  b", "spelling"), ("e\u0301", "spelling"),
])  # fmt: skip
def test_no_text_hides_anything_wherever_it_stands(text, code):
    record = changed(APPLICATION, buyers__0__arrears__note=text, business__unpaid_reason=text)
    assert [(problem.path, problem.code) for problem in texts.check(record)] == [
        ("buyers/0/arrears/note", code),
        ("business/unpaid_reason", code),
    ]
