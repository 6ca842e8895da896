"""Working days, with holidays and worked weekends (调休) where a calendar is at hand, weekends alone where not."""

import json
from datetime import date
from pathlib import Path

import pytest

from domain import calendar
from domain.calendar import Calendar
from domain.errors import Invalid
from domain.product import Clock, Text
from domain.working_days import due

FILE = (Path(__file__).parent.parent / "handouts" / "calendar-2026.json").read_bytes()
YEAR = calendar.read(FILE)


def clock(days: int, *, working: bool = True) -> Clock:
    return Clock(id="x", name=Text(zh="示例", bo="དཔེ"), days=days, working=working, origin="示例")


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),
        (date(2026, 11, 20), 5, date(2026, 11, 27)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 2, 12), 3, date(2026, 2, 24)),
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        (date(2026, 9, 30), 2, date(2026, 10, 9)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_the_days_off_are_left_out_and_worked_weekends_count(start: date, days: int, end: date):
    assert due(clock(days), start, {2026: YEAR}) == (end, False)


def test_without_a_calendar_only_weekends_are_left_out_and_it_says_so():
    assert due(clock(3), date(2026, 2, 12), {}) == (date(2026, 2, 17), True)


def test_it_says_so_when_only_the_next_year_is_missing():
    assert due(clock(2), date(2026, 12, 30), {2026: YEAR}) == (date(2027, 1, 1), True)


def test_other_time_limits_count_every_day():
    assert due(clock(10, working=False), date(2026, 2, 12), {}) == (date(2026, 2, 22), False)


def test_the_published_year_gives_13_days_off_on_balance_as_the_law_does():
    assert all(not calendar.is_weekday(day) for day in YEAR.work)
    assert sum(calendar.is_weekday(day) for day in YEAR.off) - len(YEAR.work) == 13


@pytest.mark.parametrize(
    ("changes", "path", "code"),
    [
        ({"off": ["2025-12-31"]}, "off/0", "calendar_other_year"),
        ({"work": ["2026-01-01"]}, "off/0", "listed_twice"),
        ({"off": ["2026-01-01", "2026-01-01"]}, "off/1", "listed_twice"),
        ({"area": "110100"}, "area", "calendar_area"),
        ({"year": 1999}, "year", "shape_too_small"),
        ({"off": ["2026-02-30"]}, "off/0", "shape_date"),
    ],
)
def test_it_refuses_a_calendar_that_contradicts_itself(changes: dict[str, object], path: str, code: str):
    with pytest.raises(Invalid) as refused:
        calendar.read(json.dumps({**json.loads(FILE), **changes}).encode())
    assert (refused.value.problems[0].path, refused.value.problems[0].code) == (path, code)


def test_a_newer_hubs_words_are_no_hindrance():
    assert calendar.read(json.dumps({**json.loads(FILE), "moon": 1}).encode()) == YEAR
    assert isinstance(YEAR, Calendar)
