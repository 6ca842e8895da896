"""The code of a blank form: digits a gun types undamaged, and never another number than the one on the paper."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.blank_code import LENGTH, digits_of, is_blank, reference_of
from domain.errors import FieldError
from domain.reference import number_of, written
from slip import digits

points = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6)
numbers = st.builds(written, points, st.integers(2000, 2099), st.integers(0, 2**40 - 1))


@given(numbers)
def test_it_says_the_number_and_nothing_else(reference: str):
    said = digits_of(reference)
    assert said.isascii() and said.isdigit() and len(said) == LENGTH
    assert is_blank(said) and not digits.is_ours(said)
    assert reference_of(said) == reference


@given(numbers)
def test_a_number_typed_by_hand_is_read_too(reference: str):
    assert reference_of(reference.lower().replace("-", " ")) == reference
    assert written(number_of(reference)[0], number_of(reference)[1], number_of(reference)[2]) == reference


@pytest.mark.parametrize("around", ["{}\n", "]Q1{}", " {} ", "]Q3{}\r\n"])
def test_what_a_gun_adds_does_not_matter(around: str):
    said = digits_of("JL-26-4F7K-9QTM-W")
    assert reference_of(around.format(said)) == "JL-26-4F7K-9QTM-W"


def test_full_width_digits_of_an_input_method_are_digits():
    said = digits_of("JL-26-4F7K-9QTM-W")
    assert reference_of("".join(chr(ord(digit) + 0xFEE0) for digit in said)) == "JL-26-4F7K-9QTM-W"


@given(numbers, st.data())
def test_a_digit_lost_doubled_or_changed_is_noticed(reference: str, data: st.DataObject):
    said = digits_of(reference)
    at = data.draw(st.integers(5, len(said) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != said[at]]))
    for damaged in (said[:at] + said[at + 1 :], said[:at] + other + said[at:], said[:at] + other + said[at + 1 :]):
        with pytest.raises(FieldError, match=r"blank\.code_damaged"):
            reference_of(damaged)


@given(st.text("0123456789", max_size=60))
def test_no_digits_break_it(typed: str):
    with suppress(FieldError):
        reference_of(f"25265{typed}")


@given(st.text(max_size=60))
def test_nothing_breaks_it(typed: str):
    with suppress(FieldError):
        reference_of(typed)
    is_blank(typed)


def test_it_is_a_single_part_of_one_to_a_camera_that_counts_parts():
    assert digits_of("JL-26-4F7K-9QTM-W")[6:8] == "11"
