"""A year's calendar (放假调休安排): which days are off and which weekend days are worked, here or everywhere."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION, Line
from domain.check import shape
from domain.errors import Invalid, Problem
from domain.region import PREFECTURES

SATURDAY = 5


class Calendar(Struct, frozen=True, kw_only=True):
    """One version of one year, whole, for the prefecture *area* or, where that is empty, for all of them.

    A prefecture's own takes the place of the one for all: Tibetan New Year (藏历新年) and Shoton (雪顿节) are
    fixed by each prefecture. Days that are not named are worked from Monday to Friday.
    """

    form_version: int = FORM_VERSION
    year: Annotated[int, Meta(ge=2000, le=2200)]
    area: Annotated[str, Meta(pattern="^([0-9]{6})?$")] = ""
    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    sample: bool = False
    origin: Line
    off: tuple[date, ...]
    work: tuple[date, ...]

    def is_working(self, day: date) -> bool:
        """Say whether *day* is worked."""
        return day in self.work or (day not in self.off and is_weekday(day))


def is_weekday(day: date) -> bool:
    """Say whether *day* is worked where nothing else is known."""
    return day.weekday() < SATURDAY


def read(body: bytes) -> Calendar:
    """Return the calendar that *body* holds as JSON. Raises Invalid with all that is wrong with it."""
    found = shape.decode(body, Calendar)
    if problems := [*_days("off", found.off, found), *_days("work", found.work, found), *_area(found)]:
        raise Invalid(problems)
    return found


def _days(path: str, days: tuple[date, ...], found: Calendar) -> Iterator[Problem]:
    other = found.work if path == "off" else found.off
    for place, day in enumerate(days):
        if day.year != found.year:
            yield Problem(f"{path}/{place}", "calendar_other_year", {"year": str(found.year)})
        if day in days[:place] or day in other:
            yield Problem(f"{path}/{place}", "listed_twice")


def _area(found: Calendar) -> Iterator[Problem]:
    if found.area and found.area not in PREFECTURES:
        yield Problem("area", "calendar_area")
