"""Every text in a record, whatever its field: visible characters only, in their one spelling."""

from collections.abc import Iterator
from typing import Any

import msgspec

from domain.check.refusal import refusal
from domain.errors import Problem
from domain.text import clean


def check(record: msgspec.Struct) -> list[Problem]:
    """Return a problem for each text in *record* that is not clean NFC."""
    return [problem for path, text in _texts(msgspec.to_builtins(record), "") for problem in refusal(path, clean, text)]


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}/{key}" if path else key)
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}/{index}" if path else str(index))
