"""When a time limit ends (期限届满日), by the calendars that are at hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from domain.calendar import Calendar, is_weekday
from domain.product import Clock

DAY = timedelta(days=1)


class Due(NamedTuple):
    """The last day of a time limit; *weekends_only* where a year it runs through has no calendar here."""

    day: date
    weekends_only: bool


def due(clock: Clock, start: date, calendars: Mapping[int, Calendar]) -> Due:
    """Return the day on which *clock*, started on *start*, ends; the first day is not counted (民法典第二百零一条)."""
    if not clock.working:
        return Due(start + clock.days * DAY, weekends_only=False)
    day, left, guessed = start, clock.days, False
    while left:
        day += DAY
        calendar = calendars.get(day.year)
        guessed = guessed or calendar is None
        left -= calendar.is_working(day) if calendar else is_weekday(day)
    return Due(day, guessed)
