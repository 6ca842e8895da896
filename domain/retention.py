"""How long an insurer keeps what belongs to a policy (保管期限; 保险法第八十七条)."""

from datetime import date

SHORT, LONG = 5, 10


def kept_until(starts_on: date, ends_on: date) -> date:
    """Return the last day of the duty: five years after a cover of up to one year ended, ten after a longer one."""
    years = SHORT if ends_on <= _years_after(starts_on, 1) else LONG
    return _years_after(ends_on, years)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
