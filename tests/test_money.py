import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import FieldError
from domain.money import HIGHEST_FEN, format_yuan, in_words, parse_yuan

FEN = st.integers(0, HIGHEST_FEN)
VALUES = {char: value for value, char in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def read_words(words: str) -> int:
    """Read 大写金额 back by the ear: 零 says nothing, 万 and 亿 close a section."""
    yuan, _, rest = words.removeprefix("人民币").removesuffix("整").rpartition("元")
    total = section = digit = 0
    for char in yuan:
        if char in UNITS:
            section, digit = section + digit * UNITS[char], 0
        elif char in "万亿":
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8}[char], 0, 0
        else:
            digit = VALUES[char]
    small = sum(VALUES[rest[rest.index(unit) - 1]] * fen for unit, fen in (("角", 10), ("分", 1)) if unit in rest)
    return (total + section + digit) * 100 + small


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("8500", 850_000),
        ("8,500", 850_000),
        ("８５００．５０", 850_050),
        ("¥8500.5", 850_050),
        ("￥ 8,500.05", 850_005),
        ("8500元", 850_000),
        (" 8 500 元 ", 850_000),
        ("༨༥༠༠", 850_000),
        ("0", 0),
        ("0.01", 1),
        ("9,999,999,999.99", HIGHEST_FEN),
        ("0000000000000001", 100),
    ],
)
def test_it_reads_amounts_as_people_type_them(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "amount_shape"),
        ("abc", "amount_shape"),
        ("8500 RMB", "amount_shape"),
        ("8e3", "amount_shape"),
        ("八千五百", "amount_shape"),
        ("8万", "amount_shape"),
        ("8²", "amount_shape"),
        ("٨٥", "amount_shape"),
        ("8,50", "amount_shape"),
        ("85,00,000", "amount_shape"),
        ("8.5.0", "amount_shape"),
        ("+8", "amount_shape"),
        (".5", "amount_shape"),
        ("-8", "amount_negative"),
        ("¥－8", "amount_negative"),
        ("8.005", "amount_places"),
        ("8.000", "amount_places"),
        ("10,000,000,000", "amount_too_large"),
        ("9" * 5000, "amount_too_large"),
        ("8\u202e500", "text_invisible"),
    ],
)
def test_it_refuses_other_amounts_with_the_mistake_named(typed: str, code: str) -> None:
    with pytest.raises(FieldError) as refused:
        parse_yuan(typed)
    assert refused.value.code == code


@given(FEN)
def test_it_reads_back_what_it_formats(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@given(st.text(max_size=12))
def test_it_answers_any_text_with_fen_or_a_field_error(text: str) -> None:
    with suppress(FieldError):
        assert 0 <= parse_yuan(text) <= HIGHEST_FEN


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (5, "0.05"), (850_000, "8,500.00"), (-850_005, "-8,500.05"), (-5, "-0.05")]
)
def test_it_formats_with_two_places_and_groups(fen: int, text: str) -> None:
    assert format_yuan(fen) == text


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("100000", "壹拾万元整"),
        ("8500", "捌仟伍佰元整"),
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("10001", "壹万零壹元整"),
        ("1000100", "壹佰万零壹佰元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_it_writes_amounts_in_capital_numerals(yuan: str, words: str) -> None:
    assert in_words(parse_yuan(yuan)) == f"人民币{words}"


@given(FEN)
def test_its_words_mean_the_amount(fen: int) -> None:
    assert read_words(in_words(fen)) == fen


@given(FEN)
def test_its_words_follow_the_banks_rule(fen: int) -> None:
    words = in_words(fen)
    assert "零零" not in words
    assert not re.search("零[拾佰仟万亿]", words)
    assert words.endswith("元整") == (fen % 100 == 0)


@pytest.mark.parametrize("fen", [-1, HIGHEST_FEN + 1])
def test_it_has_no_words_outside_its_range(fen: int) -> None:
    with pytest.raises(ValueError, match="amounts from 0"):
        in_words(fen)
