from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import days, format_date, parse_date, year
from domain.errors import FieldError
from domain.words import Language

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def refusal(check: Callable[[], object]) -> str:
    with pytest.raises(FieldError) as refused:
        check()
    return refused.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "20261120",
        "2026年11月20日",
        " 2026 年 11 月 20 日 ",
        "２０２６－１１－２０",
        "༢༠༢༦-༡༡-༢༠",
    ],
)
def test_it_reads_days_as_people_write_them(typed: str) -> None:
    assert parse_date(typed) == date(2026, 11, 20)


def test_it_reads_months_and_days_of_one_digit() -> None:
    assert parse_date("2026-3-5") == parse_date("2026年3月5日") == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_shape"),
        ("20-11-2026", "date_shape"),
        ("26-11-20", "date_shape"),
        ("2026-11/20", "date_shape"),
        ("2026115", "date_shape"),
        ("2026年11-20", "date_shape"),
        ("明天", "date_shape"),
        ("2026-02-29", "date_unreal"),
        ("2026-13-01", "date_unreal"),
        ("0000-01-01", "date_unreal"),
        ("1899-12-31", "date_year"),
        ("2201-01-01", "date_year"),
    ],
)
def test_it_names_the_mistake_in_a_day(typed: str, code: str) -> None:
    assert refusal(lambda: parse_date(typed)) == code


@given(DAYS)
def test_it_reads_back_the_forms_it_and_others_write(day: date) -> None:
    assert parse_date(format_date(day, Language.CHINESE)) == day
    for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"):
        assert parse_date(day.strftime(form)) == day


@given(st.text("0123456789-/年月日 ", max_size=12))
def test_it_answers_any_text_with_a_day_or_a_field_error(text: str) -> None:
    with suppress(FieldError):
        assert 1900 <= parse_date(text).year <= 2200


def test_it_writes_days_as_papers_in_each_language_do() -> None:
    assert format_date(date(2026, 11, 20), "zh") == "2026年11月20日"
    assert format_date(date(2022, 1, 10), "bo") == "2022ལོའི་ཟླ1པོའི་ཚེས10ཉིན"


@pytest.mark.parametrize("typed", ["2019", "2019年", "２０１９", "༢༠༡༩"])
def test_it_reads_a_year(typed: str) -> None:
    assert year(typed) == 2019


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "year_shape"), ("19", "year_shape"), ("今年", "year_shape"), ("1949", "year_range"), ("2201", "year_range")],
)
def test_it_names_the_mistake_in_a_year(typed: str, code: str) -> None:
    assert refusal(lambda: year(typed)) == code


@pytest.mark.parametrize(("typed", "count"), [("1", 1), ("60天", 60), ("６０ 日", 60), ("༦༠", 60), ("180", 180)])
def test_it_reads_a_span_of_days(typed: str, count: int) -> None:
    assert days(typed, 1, 180) == count


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "days_shape"),
        ("两个月", "days_shape"),
        ("60.5", "days_shape"),
        ("-60", "days_shape"),
        ("0", "days_range"),
        ("181", "days_range"),
        ("9" * 5000, "days_range"),
    ],
)
def test_it_names_the_mistake_in_a_span_of_days(typed: str, code: str) -> None:
    assert refusal(lambda: days(typed, 1, 180)) == code


def test_it_says_which_days_a_product_takes() -> None:
    with pytest.raises(FieldError) as refused:
        days("200", 1, 180)
    assert refused.value.values == {"low": "1", "high": "180"}
