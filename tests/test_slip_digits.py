"""A slip as digits: what comes through a scanner gun comes through whole, or is refused with its reason."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slip
from slip import digits
from slip.errors import Unreadable
from tests.slips import PRODUCT, RECORD, likely

SLIP = slip.write(RECORD, "zh", *PRODUCT, likely())
TIBETAN = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def code_of(typed: str) -> str:
    with pytest.raises(Unreadable) as caught:
        digits.parts(typed)
    return caught.value.code


def checked(frame: str) -> str:
    return frame + f"{zlib.crc32(frame.encode()):010d}"


def read(typed: str) -> bytes | None:
    held: list[digits.Part] = []
    for part in digits.parts(typed):
        held = digits.together(held, part)
    return digits.joined(held)


@given(st.binary(min_size=1, max_size=3000), st.integers(1, 9))
def test_what_is_written_is_read_back_in_any_number_of_parts(data: bytes, least: int) -> None:
    assert read(" ".join(digits.written(data, least))) == data


@given(st.binary(min_size=1, max_size=200), st.integers(1, 4))
def test_frames_need_nothing_between_them(data: bytes, least: int) -> None:
    assert read("".join(digits.written(data, least))) == data


@pytest.mark.parametrize("typed", [
    " \n".join(digits.written(SLIP)[0]), "]Q1" + digits.written(SLIP)[0], digits.written(SLIP)[0].translate(TIBETAN),
    digits.written(SLIP)[0].translate(FULL_WIDTH), "\t" + digits.written(SLIP)[0] + "\r\n",
])  # fmt: skip
def test_it_takes_what_guns_and_keyboards_make_of_it(typed: str) -> None:
    assert read(typed) == SLIP


def test_an_ordinary_application_is_one_code() -> None:
    (frame,) = digits.written(SLIP)
    assert frame.isdigit() and frame.startswith(digits.MARK)


@pytest.mark.parametrize("at", [0, 3, 4, 5, 6, 7, 8, 20, 100, -11, -1])
def test_one_wrong_digit_is_noticed(at: int) -> None:
    frame = digits.written(SLIP)[0]
    wrong = str((int(frame[at]) + 1) % 10)
    broken = frame[:at] + wrong + (frame[at + 1 :] if at != -1 else "")
    assert code_of(broken) == ("slip.foreign" if 0 <= at < 5 else "slip.newer" if at == 5 else "slip.damaged")


@given(st.integers(30, 1000), st.integers(1, 40))
def test_digits_lost_or_doubled_are_noticed(at: int, count: int) -> None:
    frame = digits.written(SLIP)[0]
    at %= len(frame) - 40
    assert code_of(frame[: at + 28] + frame[at + 28 + count :]) == "slip.damaged"
    assert code_of(frame[: at + 28] + frame[at : at + 28] + frame[at + 28 :]) == "slip.damaged"


@pytest.mark.parametrize("typed", ["", "6901234567892", "SL-26-0001", "91540234MA6T0A1B8M", "TSHEG:1:SL", "0" * 500])
def test_anything_else_is_foreign(typed: str) -> None:
    assert code_of(typed) == "slip.foreign"
    assert not digits.is_ours(typed)


@pytest.mark.parametrize(("numbers", "code"), [
    ("011" + "0" * 13, "slip.older"), ("211" + "0" * 13, "slip.newer"), ("121" + "0" * 13, "slip.damaged"),
    ("101" + "0" * 13, "slip.damaged"), ("111" + "0" * 10 + "256", "slip.damaged"),
    ("111" + "0" * 10 + "12", "slip.damaged"), ("111" + "0" * 10 + "9" * 15, "slip.damaged"), ("", "slip.damaged"),
    ("1" + "x" * 40, "slip.damaged"), (digits.MARK * 13_000, "slip.damaged"),
])  # fmt: skip
def test_a_frame_that_no_phone_of_ours_makes_is_refused(numbers: str, code: str) -> None:
    assert code_of(checked(digits.MARK + numbers)) == code


def test_a_part_read_twice_and_one_of_another_slip_are_told_apart() -> None:
    first, second, _third = (digits.parts(frame)[0] for frame in digits.written(SLIP, 3))
    held = digits.together([], second)
    with pytest.raises(Unreadable, match=r"slip\.doubled"):
        digits.together(held, second)
    with pytest.raises(Unreadable, match=r"slip\.another"):
        digits.together(held, digits.parts(digits.written(SLIP, 2)[0])[0])
    assert digits.joined(digits.together(held, first)) is None


def test_parts_of_two_slips_with_one_tag_do_not_make_a_third() -> None:
    tag = f"{zlib.crc32(SLIP):010d}"
    one, two = (checked(f"{digits.MARK}1{number}2{tag}{'0' * 15}") for number in (1, 2))
    with pytest.raises(Unreadable, match=r"slip\.damaged"):
        read(one + two)


def test_a_slip_beyond_nine_parts_is_not_written() -> None:
    digits.written(b"x" * 9 * digits.MOST_BYTES)
    with pytest.raises(ValueError, match="nine"):
        digits.written(b"x" * (9 * digits.MOST_BYTES + 1))


@given(st.text("0123456789 87434", max_size=120) | st.text(max_size=60))
def test_it_never_breaks_on_anything_typed(typed: str) -> None:
    for text in (typed, digits.MARK + typed):
        with pytest.raises(Unreadable):
            read(text)
