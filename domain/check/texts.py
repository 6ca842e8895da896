"""Every text in a record, whatever its field: visible characters only, in their one spelling."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from domain.characters import REPLACEMENT
from domain.check.refusal import refusal
from domain.errors import Problem
from domain.text import clean

# What in the JSON of a record may be a text that is not clean: an escape, a space at an end, two together.
SUSPECT = ("\\", '" ', ' "', "  ", REPLACEMENT)


def check(record: msgspec.Struct) -> list[Problem]:
    """Return a problem for each text in *record* that is not clean NFC."""
    return [] if _all_clean(record) else _problems(msgspec.to_builtins(record, builtin_types=(date,)))


def _all_clean(record: msgspec.Struct) -> bool:
    # A record has a hundred texts, and next to always all of them are clean: so they are looked at together first.
    try:
        json = msgspec.json.encode(record).decode()
    except UnicodeEncodeError:
        return False
    clean = json.isprintable() and unicodedata.is_normalized("NFC", json)
    return clean and not any(suspect in json for suspect in SUSPECT)


def _problems(value: Any) -> list[Problem]:
    if isinstance(value, str):
        return refusal("", clean, value)
    if isinstance(value, dict):
        return _below(value.items())
    return _below(enumerate(value)) if isinstance(value, list | tuple) else []


def _below(parts: Iterable[tuple[object, Any]]) -> list[Problem]:
    return [problem.below(str(place)) for place, part in parts for problem in _problems(part)]
