"""Days, years and spans as people write them; the machine's form is ISO 8601."""

import re
from datetime import date, datetime, timedelta, timezone

from domain.characters import fold
from domain.errors import FieldError
from domain.text import clean
from domain.words import Language

SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})",
        r"([0-9]{4})()([0-9]{2})([0-9]{2})",
        r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})[日号]",
    )
)
CHINA = timezone(timedelta(hours=8))
DATE_EXAMPLE = "2026-11-20"
YEAR_EXAMPLE = "2026"
FIRST_YEAR, LAST_YEAR = 1900, 2200
FIRST_TRADE_YEAR = 1950
MOST_DIGITS = 6


def parse_date(text: str) -> date:
    """Return the day in ``2026-11-20``, ``2026/11/20``, ``2026.11.20``, ``20261120`` or ``2026年11月20日``."""
    typed = fold(clean(text)).replace(" ", "")
    found = next((match for shape in SHAPES if (match := shape.fullmatch(typed))), None)
    if not found:
        raise FieldError("date_shape", example=DATE_EXAMPLE)
    year_part, _, month, day = found.groups()
    try:
        parsed = date(int(year_part), int(month), int(day))
    except ValueError:
        raise FieldError("date_unreal", example=DATE_EXAMPLE) from None
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise FieldError("date_year", low=str(FIRST_YEAR), high=str(LAST_YEAR))
    return parsed


def format_date(day: date, language: Language | str) -> str:
    """Return *day* as papers in *language* write it: ``2026年11月20日``, in Tibetan the press form, ASCII digits."""
    if language == Language.TIBETAN:
        return f"{day.year}ལོའི་ཟླ{day.month}པོའི་ཚེས{day.day}ཉིན"
    return f"{day.year}年{day.month}月{day.day}日"


def minute(moment: str) -> str:
    """Return a moment (ISO 8601, UTC) as papers write it, to the minute in UTC+8: ``2026-11-20 12:05``."""
    return f"{datetime.fromisoformat(moment).astimezone(CHINA):%Y-%m-%d %H:%M}"


def year(text: str) -> int:
    """Return a year of trade written in four digits, with or without 年."""
    found = re.fullmatch("([0-9]{4})年?", fold(clean(text)).replace(" ", ""))
    if not found:
        raise FieldError("year_shape", example=YEAR_EXAMPLE)
    if not FIRST_TRADE_YEAR <= int(found[1]) <= LAST_YEAR:
        raise FieldError("year_range", low=str(FIRST_TRADE_YEAR), high=str(LAST_YEAR))
    return int(found[1])


def days(text: str, low: int, high: int) -> int:
    """Return a span in calendar days from *low* to *high*, with or without 天."""
    found = re.fullmatch("([0-9]+)[天日]?", fold(clean(text)).replace(" ", ""))
    if not found:
        raise FieldError("days_shape")
    if len(found[1]) > MOST_DIGITS or not low <= int(found[1]) <= high:
        raise FieldError("days_range", low=str(low), high=str(high))
    return int(found[1])
