"""Rows of a list on paper: each sheet is filled, with empty ones too; so lists of any length share a few plates."""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

Row = TypeVar("Row")


def sheets(count: int, first: int, more: int) -> int:
    """Return how many sheets a list of *count* takes."""
    return 1 + ceil(max(0, count - first) / more)


def filled(rows: Sequence[Row], first: int, more: int) -> list[Row | None]:
    """Return *rows* and, to fill the sheet, None: *first* fit on a list's first sheet, *more* on each other one."""
    short = first - len(rows)
    return [*rows, *[None] * (short if short >= 0 else short % more)]
