from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from domain.errors import FieldError
from domain.identity import (
    CREDIT_CODE_ALPHABET,
    CREDIT_CODE_EXAMPLE,
    MOBILE_EXAMPLE,
    OLD_LICENCE_EXAMPLE,
    RESIDENT_ID_EXAMPLE,
    credit_code,
    mask_id,
    mask_mobile,
    mobile,
    old_licence,
    resident_id,
)

TODAY = date(2026, 11, 20)
CODES = [
    "91540234MA6T0A1B8M",
    "92540235MA6T0C2D61",
    "93540232MA6T0E3F4J",
    "51540000MJX00A1B3K",
    "N2540529MF000A1B9J",
    "91110000600037341L",
]
IDS = ["540234199001010018", "542326198506150027", "542521197812030036", "360426199101010071"]
GOOD_CODES = st.builds(
    lambda kind, area, organisation: (body := f"{kind}{area}{organisation}") + uscc.calc_check_digit(body),
    st.sampled_from(["91", "92", "93", "51", "N2", "A1", "Y1"]),
    st.integers(100_000, 829_999),
    st.text("".join(sorted(CREDIT_CODE_ALPHABET)), min_size=9, max_size=9),
)
GOOD_IDS = st.builds(
    lambda area, born, order: (body := f"{area}{born:%Y%m%d}{order:03}") + ric.calc_check_digit(body + "0"),
    st.integers(110_000, 829_999),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def refusal(check: Callable[[], object]) -> str:
    with pytest.raises(FieldError) as refused:
        check()
    return refused.value.code


@pytest.mark.parametrize("code", CODES)
def test_it_takes_published_credit_codes(code: str) -> None:
    assert credit_code(code) == code


@pytest.mark.parametrize("number", IDS)
def test_it_takes_published_resident_ids_whatever_their_area(number: str) -> None:
    assert resident_id(number, TODAY) == number


def test_its_own_examples_are_right() -> None:
    assert credit_code(CREDIT_CODE_EXAMPLE) == CREDIT_CODE_EXAMPLE
    assert resident_id(RESIDENT_ID_EXAMPLE, TODAY) == RESIDENT_ID_EXAMPLE
    assert old_licence(OLD_LICENCE_EXAMPLE) == OLD_LICENCE_EXAMPLE
    assert mobile(MOBILE_EXAMPLE) == MOBILE_EXAMPLE


@pytest.mark.parametrize(
    "typed", ["n2540529mf000a1b9j", "N2 540529-MF000A1B9-J", "Ｎ２５４０５２９ＭＦ０００Ａ１Ｂ９Ｊ"]
)
def test_it_brings_credit_codes_to_one_spelling(typed: str) -> None:
    assert credit_code(typed) == "N2540529MF000A1B9J"


def test_it_takes_a_small_x_and_tibetan_digits_in_a_resident_id() -> None:
    assert resident_id("11010519491231002x", TODAY) == "11010519491231002X"
    assert resident_id("༥༤༠༢༣༤༡༩༩༠༠༡༠༡༠༠༡༨", TODAY) == "540234199001010018"


@given(GOOD_CODES, st.integers(0, 17), st.data())
def test_it_refuses_every_single_mistake_in_a_credit_code(code: str, place: int, data: st.DataObject) -> None:
    assert credit_code(code) == code
    wrong = data.draw(st.sampled_from(sorted(CREDIT_CODE_ALPHABET - {code[place]})))
    assert refusal(lambda: credit_code(code[:place] + wrong + code[place + 1 :])).startswith("credit_code_")


@given(GOOD_CODES, st.integers(0, 16))
def test_it_refuses_neighbours_swapped_in_a_credit_code(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        assert refusal(lambda: credit_code(swapped)).startswith("credit_code_")


@given(GOOD_IDS, st.integers(0, 17), st.data())
def test_it_refuses_every_single_mistake_in_a_resident_id(number: str, place: int, data: st.DataObject) -> None:
    assert resident_id(number, TODAY) == number
    wrong = data.draw(st.sampled_from("0123456789X".replace(number[place], "")))
    assert refusal(lambda: resident_id(number[:place] + wrong + number[place + 1 :], TODAY)).startswith("resident_id_")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "credit_code_length"),
        ("91540234MA6T0A1B8", "credit_code_length"),
        ("91540234MA6TOA1B8M", "credit_code_alphabet"),
        ("91540234MA6T0A1B8中", "credit_code_alphabet"),
        ("915402A4MA6T0A1B8M", "credit_code_area"),
        ("000000000000000000", "credit_code_area"),
        ("91540234MA6T0A1B8N", "credit_code_check"),
    ],
)
def test_it_names_the_mistake_in_a_credit_code(typed: str, code: str) -> None:
    assert refusal(lambda: credit_code(typed)) == code


def test_it_points_at_the_letter_that_no_credit_code_has() -> None:
    with pytest.raises(FieldError) as refused:
        credit_code("91540234MA6TOA1B8M")
    assert refused.value.values["character"] == "O"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "resident_id_length"),
        ("540234900101001", "resident_id_length"),
        ("54023419900101001Y", "resident_id_alphabet"),
        ("5402341990010100X8", "resident_id_alphabet"),
        ("٥٤٠٢٣٤١٩٩٠٠١٠١٠٠١٨", "resident_id_alphabet"),
        ("540234199002300018", "resident_id_birth_date"),
        ("540234000000000018", "resident_id_birth_date"),
        ("540234189912310018", "resident_id_birth_date"),
        ("540234202611210018", "resident_id_future"),
        ("540234199001010019", "resident_id_check"),
    ],
)
def test_it_names_the_mistake_in_a_resident_id(typed: str, code: str) -> None:
    assert refusal(lambda: resident_id(typed, TODAY)) == code


def test_it_takes_a_child_born_today_but_not_tomorrow() -> None:
    number = (body := "54023420261120001") + ric.calc_check_digit(body + "0")
    assert resident_id(number, TODAY) == number
    assert refusal(lambda: resident_id(number, TODAY - timedelta(days=1))) == "resident_id_future"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "old_licence_digits"), ("54000020000123A", "old_licence_digits"), ("5400002000012345", "old_licence_length")],
)
def test_it_names_the_mistake_in_an_old_licence(typed: str, code: str) -> None:
    assert refusal(lambda: old_licence(typed)) == code


@pytest.mark.parametrize(
    "typed", ["13800001234", "138 0000 1234", "138-0000-1234", "+86 13800001234", "(+86)13800001234", "008613800001234"]
)
def test_it_brings_mobile_numbers_to_eleven_digits(typed: str) -> None:
    assert mobile(typed) == "13800001234"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "mobile_digits"),
        ("1380000123A", "mobile_digits"),
        ("1380000123", "mobile_length"),
        ("138000012345", "mobile_length"),
        ("12800001234", "mobile_prefix"),
        ("08912345678", "mobile_prefix"),
    ],
)
def test_it_names_the_mistake_in_a_mobile_number(typed: str, code: str) -> None:
    assert refusal(lambda: mobile(typed)) == code


def test_it_masks_all_but_the_ends() -> None:
    assert mask_id("540234199001010018") == "540***********0018"
    assert mask_mobile("13800001234") == "138****1234"


@given(st.text(max_size=20))
def test_a_mask_keeps_the_length_and_hides_four_characters_or_all(text: str) -> None:
    for masked in (mask_id(text), mask_mobile(text)):
        assert len(masked) == len(text)
        assert masked.count("*") >= min(len(text), 1)
