"""How long a point may go on alone (同步限额): set by the insurer as data, judged here."""

from typing import Annotated

from msgspec import Meta, Struct

from domain.application import FORM_VERSION
from domain.errors import Problem

NEAR_PERCENT = 80


class Limits(Struct, frozen=True, kw_only=True):
    """At most *days* without a word of the hub, at most *records* applications it has not confirmed; None is no limit.

    Fields of a newer hub are ignored: what this version understands holds.
    """

    form_version: int = FORM_VERSION
    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    records: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None


class Room(Struct, frozen=True):
    """What a point has used of its limits: *days* since the hub's last word, *records* unconfirmed applications."""

    limits: Limits = Limits()
    days: int = 0
    records: int = 0

    @property
    def reached(self) -> Problem | None:
        """Why no new application may be submitted, or None."""
        if self.days_left == 0:
            return Problem("", "limits.days", {"days": str(self.days)})
        if self.records_left == 0:
            return Problem("", "limits.records", {"records": str(self.records)})
        return None

    @property
    def near(self) -> list[Problem]:
        """What is left of each limit of which 80 % are used."""
        found = []
        if _is_near(self.days_left, self.limits.days):
            found.append(Problem("", "limits.days_left", {"days": str(self.days_left)}))
        if _is_near(self.records_left, self.limits.records):
            found.append(Problem("", "limits.records_left", {"records": str(self.records_left)}))
        return found

    @property
    def days_left(self) -> int | None:
        """Whole days until the limit, 0 when it is reached, None without one."""
        return None if self.limits.days is None else max(0, self.limits.days - self.days)

    @property
    def records_left(self) -> int | None:
        """Applications that may still be submitted, 0 when the limit is reached, None without one."""
        return None if self.limits.records is None else max(0, self.limits.records - self.records)


def _is_near(left: int | None, limit: int | None) -> bool:
    return left is not None and limit is not None and left * 100 <= limit * (100 - NEAR_PERCENT)
