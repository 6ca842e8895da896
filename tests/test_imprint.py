"""An imprint gives back the very record that was written, from any half of its codes; or says why it cannot."""

import itertools
import json
import zlib
from datetime import UTC, datetime
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import imprint
from imprint import digits, packing, tabled
from imprint.content import Content, content_of, digest
from imprint.errors import Unreadable
from imprint.papers import Papers
from imprint.reading import read as read_table
from imprint.shares import gathered, spread
from imprint.table import Place, table, vocabulary
from imprint.texts import MOST_CHARACTERS
from imprint.writing import write as write_table
from slip.frames import Part
from tests.imprints import entry, revision, taken
from tests.sample import changed
from wire.entry import NO_SALT, Revision

RECORDS = taken(40)
ENTRY = entry(RECORDS[0])
CODES = imprint.written(ENTRY)
PACKED = [packing.pack(content_of(made)) for made in (ENTRY, entry(RECORDS[1]), entry(RECORDS[0], kind="lead"))]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def parts(codes: list[str]) -> list[Part]:
    return [part for code in codes for part in digits.parts(code)]


def read(codes: list[str]) -> Content | None:
    return imprint.read(parts(codes))


def refused(*codes: str) -> str:
    with pytest.raises(Unreadable) as caught:
        read(list(codes))
    return caught.value.code


def values(place: Place) -> st.SearchStrategy[Any]:
    """Draw what a table has a place for."""
    drawn: dict[str, Any] = {
        "text": TEXTS.filter(lambda text: "\0" not in text), "number": NUMBERS,
        "day": st.dates().map(str), "yes_no": st.booleans(),
        "moment": st.integers(0, 2**35 - 1).map(_moment),
    }  # fmt: skip
    strategy: st.SearchStrategy[Any]
    if place.kind == "word":
        strategy = st.sampled_from(place.words)
    elif place.kind == "list":
        strategy = st.lists(values(place.each), max_size=3)
    elif place.kind == "fields":
        strategy = st.fixed_dictionaries({name: values(inner) for name, inner in place.fields.items()})
    else:
        strategy = drawn[place.kind]
    return st.none() | strategy if place.optional else strategy


def _moment(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("record", RECORDS)
def test_it_gives_back_every_field_of_a_revision_and_its_salt(record: Any) -> None:
    made = entry(record)
    assert packing.pack(content_of(made))[:1] == b"a"
    assert read(imprint.written(made)) == Content(
        revision(record, made_at=made.made_at, made_by=made.made_by), made.salt
    )


def test_any_as_many_codes_as_are_needed_are_enough_in_any_order() -> None:
    needed = parts(CODES)[0].parts
    for chosen in itertools.permutations(CODES, needed):
        assert read(list(chosen)) == content_of(ENTRY)
    assert read(CODES[: needed - 1]) is None


def test_the_salt_is_only_that_of_the_first_revision() -> None:
    later = read(imprint.written(entry(RECORDS[0], 2)))
    assert later and later.salt == NO_SALT and later.revision.revision == 2


def test_an_erased_record_is_not_written() -> None:
    with pytest.raises(ValueError, match="erased"):
        imprint.written(msgspec.structs.replace(ENTRY, body=b""))


@given(values(table("a")))
def test_everything_that_fits_the_table_comes_back(value: dict[str, Any]) -> None:
    assert read_table(table("a"), write_table(table("a"), value, vocabulary("a")), vocabulary("a")) == value


@given(st.dictionaries(TEXTS, JSON, max_size=4), st.sampled_from(["lead", "application", "claim"]))
def test_whatever_else_a_record_may_be_comes_back(body: dict[str, Any], kind: str) -> None:
    new = revision(RECORDS[0], kind=kind, body=json.dumps(body, ensure_ascii=False).encode())
    assert packing.pack(Content(new))[:1] in (b"b", b"p")
    assert read(imprint.written(new)) == Content(new)


@pytest.mark.parametrize("text", ["\0", "a\nb", "𬶍㐂䶮", "\ufeff", "༄༅།།", "0" * 200, "A" * 127, "A" * 128, "-", "0"])
def test_strange_texts_come_back(text: str) -> None:
    made = entry(changed(RECORDS[0], policyholder__affiliates=text, buyers__0__trade__goods=text))
    assert read(imprint.written(made)) == content_of(made)


def test_a_record_of_a_newer_form_still_goes_on_paper() -> None:
    body = msgspec.json.encode(msgspec.json.decode(ENTRY.body) | {"one_more_field": 1}, order="sorted")
    made = entry(RECORDS[0], body=body)
    assert packing.pack(content_of(made))[:1] == b"p"
    assert read(imprint.written(made)) == content_of(made)


def test_a_record_beyond_every_paper_is_refused_before_it_is_printed() -> None:
    noise = "".join(Random(1).choices([chr(letter) for letter in range(0x4E00, 0x9FA5)], k=60_000))
    with pytest.raises(Unreadable, match=r"imprint\.too_long"):
        imprint.written(revision(RECORDS[0], body=json.dumps({"x": noise}).encode()))


@given(st.integers(1, 12), st.data())
def test_any_shares_that_are_enough_give_all_back(needed: int, data: st.DataObject) -> None:
    count = digits.last(needed)
    whole = data.draw(
        st.binary(min_size=needed, max_size=20 * needed).map(lambda raw: raw[: len(raw) // needed * needed])
    )
    shares = spread(whole, needed, count)
    chosen = data.draw(st.permutations(range(count)))[:needed]
    assert gathered({at: shares[at] for at in chosen}, needed) == whole
    assert b"".join(shares[:needed]) == whole


def test_most_shares_of_all_are_different_and_any_of_them_are_enough() -> None:
    dice, needed = Random(3), digits.MOST_PARTS
    whole = dice.randbytes(6 * needed)
    shares = spread(whole, needed, digits.last(needed))
    chosen = dice.sample(range(len(shares)), needed)
    assert gathered({at: shares[at] for at in chosen}, needed) == whole


# Poison: damaged, foreign, doubled, mixed, older, newer.


@pytest.mark.parametrize(("typed", "code"), [
    ("", "imprint.foreign"), ("6901234567892", "imprint.foreign"), ("87434" + CODES[0][5:], "imprint.foreign"),
    (CODES[0][:-1], "imprint.damaged"), (CODES[0][:300] + CODES[0][301:], "imprint.damaged"),
    (CODES[0][:40] + CODES[0][20:], "imprint.damaged"), (digits.FRAMES.mark, "imprint.damaged"),
    (digits.FRAMES.mark + "0" + CODES[0][6:], "imprint.older"),
    (digits.FRAMES.mark + "2" + CODES[0][6:], "imprint.newer"),
    (digits.FRAMES.mark * 13_000, "imprint.damaged"),
])  # fmt: skip
def test_a_code_that_is_not_right_is_refused_with_its_reason(typed: str, code: str) -> None:
    assert refused(typed) == code


@pytest.mark.parametrize(("number", "needed"), [(0, 2), (5, 2), (1, 0), (2, 0), (1, 171), (256, 170), (999, 999)])
def test_a_part_that_no_paper_has_is_refused(number: int, needed: int) -> None:
    frame = f"{digits.FRAMES.mark}1{number:03d}{needed:03d}{'0' * 18}{'0' * 15}"
    assert refused(frame + f"{zlib.crc32(frame.encode()):010d}") == "imprint.damaged"


def framed(data: bytes, record_id: str = ENTRY.record_id) -> str:
    """Return one code that holds *data*, right in all but what it says."""
    tag = digits._tag(record_id, data)
    return digits.FRAMES.written([data], 1, tag)[0]


@pytest.mark.parametrize(("data", "code"), [
    (b"\x80", "imprint.newer"), (b"\0", "imprint.damaged"), (b"a" * 30, "imprint.damaged"),
    (b"z" + bytes(20) + b"\x80", "imprint.newer"), (b"a" + bytes(20) + b"\x80", "imprint.damaged"),
    (b"b" + bytes(20) + b"\x80", "imprint.damaged"), (b"p" + bytes(20) + b"\x80", "imprint.damaged"),
    (packing.pack(content_of(ENTRY))[:-1] + b"x\x80", "imprint.damaged"),
])  # fmt: skip
def test_what_nobody_packed_is_refused(data: bytes, code: str) -> None:
    assert refused(framed(data)) == code


def test_a_code_that_names_another_record_than_it_holds_is_refused() -> None:
    data = packing.pack(content_of(ENTRY)) + b"\x80"
    assert read([framed(data)]) == content_of(ENTRY)
    assert refused(framed(data, RECORDS[1].record_id or "")) == "imprint.damaged"


def test_parts_of_two_papers_with_one_tag_do_not_make_a_third() -> None:
    first, second = (parts(imprint.written(entry(RECORDS[at])))[at] for at in (0, 1))
    forged = msgspec.structs.replace(second, tag=first.tag, parts=first.parts)
    with pytest.raises(Unreadable, match=r"imprint\.damaged"):
        imprint.read([first, forged])


def test_papers_are_told_apart_in_whatever_order_their_codes_come() -> None:
    entries = [entry(RECORDS[0]), entry(RECORDS[0], 2), entry(RECORDS[1])]
    codes = [code for made in entries for code in imprint.written(made)]
    Random(5).shuffle(codes)
    papers = Papers()
    assert all(papers.add(part) for part in parts(codes))
    assert not any(papers.add(part) for part in parts(codes))
    found = {paper.content() for paper in papers}
    assert found == {content_of(made) for made in entries}


def test_one_code_is_enough_to_say_which_record_it_is_of() -> None:
    papers = Papers()
    for code in CODES:
        (part,) = digits.parts(code)
        papers.add(part)
        assert papers.of(part).number in str(RECORDS[0].reference)


# Nothing else than this one error, whatever comes.


@settings(max_examples=400)
@given(st.binary(max_size=300), st.sampled_from([b"a", b"b", b"p", b""]))
def test_no_bytes_break_it(data: bytes, letter: bytes) -> None:
    with pytest.raises(Unreadable):
        packing.unpack(letter + data)


@settings(max_examples=400)
@given(st.data())
def test_no_change_to_what_was_packed_breaks_it_or_passes(data: st.DataObject) -> None:
    packed = bytearray(data.draw(st.sampled_from(PACKED)))
    for _ in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(1, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        content = packing.unpack(bytes(packed))
    except Unreadable:
        return
    assert digest(content.revision) == bytes(packed[-8:])


@given(st.text("0123456789 94654", max_size=200) | st.text(max_size=60))
def test_nothing_typed_breaks_it(typed: str) -> None:
    for text in (typed, digits.FRAMES.mark + typed, digits.FRAMES.mark + "1" + typed):
        with pytest.raises(Unreadable):
            digits.parts(text)


def test_few_bytes_do_not_become_many() -> None:
    text = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=vocabulary("a"))
    bomb = text.compress(bytes([0x4E, 0x00]) * 2 * MOST_CHARACTERS) + text.flush()
    with pytest.raises(Unreadable):
        tabled.read(bomb, "a")


def test_a_text_said_again_and_again_is_counted_each_time() -> None:
    place = Place(kind="list", item=Place(kind="list", item=Place(kind="text")))
    long = "长" * (MOST_CHARACTERS // 100)
    data = write_table(place, [[long] * 127] * 2, b"")
    with pytest.raises(Unreadable):
        read_table(place, data, b"")
    assert read_table(place, write_table(place, [[long] * 90], b""), b"") == [[long] * 90]


def test_a_number_beyond_what_json_counts_is_refused() -> None:
    number = Place(kind="number")
    with pytest.raises(Unreadable):
        read_table(number, write_table(number, 2**53, b""), b"")
    assert read_table(number, write_table(number, 2**53 - 1, b""), b"") == 2**53 - 1


def test_a_revision_is_a_revision() -> None:
    content = read(CODES)
    assert content and type(content.revision) is Revision
