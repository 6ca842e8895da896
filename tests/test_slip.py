"""The slip: what the phone writes is what the counter reads, and nothing else is read at all."""

import hashlib
import zlib
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Field as Control

import slip
from forms.fields import Choice, Options, Several, Tick, YesNo
from forms.review import ReviewForm
from forms.start import StartForm
from forms.steps import FORMS
from slip import table, writing
from slip.errors import Unreadable
from slip.table import Field
from tests.slips import PRODUCT, RECORD, SLIPS, likely

# What staff alone fill in, and the language of the consents, which the slip says at its beginning.
NOT_ASKED = {
    "credit_grade_grade", "credit_grade_source", "credit_grade_as_of",
    "filled_by_clerk", "read_back", "documents", "read_in",
}  # fmt: skip


def packed(text: str | bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(text if isinstance(text, bytes) else text.encode()) + packer.flush()


def code_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        slip.read(data)
    return caught.value.code


def changed(line: int, value: str) -> bytes:
    lines = writing.text(RECORD, "zh", *PRODUCT, likely()).split("\n")
    return packed("\n".join([*lines[:line], value, *lines[line + 1 :]]))


def as_line(step: str, field: Control) -> Field:
    name = field.short_name
    match field:
        case YesNo():
            return Field(step, name, "yes_no")
        case Tick():
            return Field(step, name, "tick")
        case Choice() | Several():
            kind: Any = "several" if isinstance(field, Several) else "choice"
            return Field(step, name, kind, tuple(choice.value for choice in field.choices))
        case Options():
            return Field(step, name, "word")
    return Field(step, name, "word" if step == "cover" else "text")


def test_the_frozen_table_is_todays_forms_without_what_staff_fill_in(app: Flask) -> None:
    forms: dict[str, Any] = {"start": StartForm, **FORMS, "review": ReviewForm}
    with app.test_request_context():
        today = [
            as_line(step, field)
            for step, form in forms.items()
            for field in form(formdata=None, meta={"csrf": False})
            if field.short_name not in NOT_ASKED
        ]
    assert sorted(table.fields(), key=str) == sorted(today, key=str)


@given(SLIPS)
def test_what_is_written_is_read_back(held: tuple[str, dict[str, Any]]) -> None:
    language, answers = held
    read = slip.read(slip.write(RECORD, language, *PRODUCT, answers))
    assert read.answers == answers
    assert (read.id, read.language, read.product, read.version) == (RECORD, language, *PRODUCT)


def test_the_text_itself_is_read_too_and_its_digest_is_of_the_text() -> None:
    text = writing.text(RECORD, "bo", *PRODUCT, likely()).encode()
    assert slip.read(text) == slip.read(packed(text))
    assert slip.read(text).digest == hashlib.sha256(text).digest()


def test_empty_lines_at_the_end_may_be_missing() -> None:
    text = writing.text(RECORD, "zh", *PRODUCT, likely())
    assert slip.read(packed(text + "\n\n")).answers == slip.read(packed(text)).answers


@pytest.mark.parametrize(("line", "value"), [
    (0, ""), (0, "x"), (0, "1x"), (0, "٣"), (1, RECORD), (1, "0" * 32), (1, RECORD.replace("-", "").upper()),
    (1, "019a9f3e5c1b4d2a9e4f0123456789ab"), (2, "en"), (3, "sample-micro"), (3, "sample-micro:0"), (3, "示例:1"),
    (4, "0"), (4, "6"), (4, "x"), (5, "2"), (6, "5"), (6, "-1"), (6, "0,1"), (6, "00"), (6, "٣"),
    (5, "1\n1"),
])  # fmt: skip
def test_it_refuses_a_line_that_no_phone_of_ours_writes(line: int, value: str) -> None:
    assert code_of(changed(line, value)) == "slip.damaged"


@pytest.mark.parametrize("data", [
    b"", b"\x00", b"1", b"1\n", packed(b"1\n\xff\xfe"), packed("1\n" * 40_000), packed(b"0" * 10_000_000),
    packed(writing.text(RECORD, "zh", *PRODUCT, likely()))[:-1], packed("1") + b"x", b"1" * 100_000,
])  # fmt: skip
def test_it_refuses_what_is_cut_off_or_swells(data: bytes) -> None:
    assert code_of(data) == "slip.damaged"


def test_it_says_of_another_version_which_side_is_behind() -> None:
    assert code_of(changed(0, "2")) == "slip.newer"
    assert code_of(changed(0, "0")) == "slip.older"


@given(st.binary(max_size=300))
def test_it_never_breaks_on_any_bytes(data: bytes) -> None:
    with pytest.raises(Unreadable):
        slip.read(data)
