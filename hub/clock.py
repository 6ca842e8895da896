"""The hub's time: UTC in the journal, China's date in decisions."""

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def now() -> str:
    """Return this moment, for example ``2026-11-20T04:05:06Z``."""
    return after(timedelta())


def after(span: timedelta) -> str:
    """Return the moment *span* from now, or before now where it is negative."""
    return (datetime.now(UTC) + span).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """Return the date in China."""
    return datetime.now(CHINA).date()
