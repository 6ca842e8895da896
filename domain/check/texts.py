"""Every text in a record, whatever its field: visible characters only, in their one spelling."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from domain.check.refusal import refusal
from domain.errors import Problem
from domain.text import clean


def check(record: msgspec.Struct) -> list[Problem]:
    """Return a problem for each text in *record* that is not clean NFC."""
    return _problems(msgspec.to_builtins(record, builtin_types=(date,)))


def _problems(value: Any) -> list[Problem]:
    if isinstance(value, str):
        # Most texts are codes, and there are a hundred in a record.
        return [] if value.isascii() and value.isalnum() else refusal("", clean, value)
    if isinstance(value, dict):
        return _below(value.items())
    return _below(enumerate(value)) if isinstance(value, list | tuple) else []


def _below(parts: Iterable[tuple[object, Any]]) -> list[Problem]:
    return [problem.below(str(place)) for place, part in parts for problem in _problems(part)]
