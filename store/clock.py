"""The time, as the store writes it: UTC, ISO 8601, to the second."""

from datetime import UTC, datetime


def now() -> str:
    """Return this moment, for example ``2026-11-20T04:05:06Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
