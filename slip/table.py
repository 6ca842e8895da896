"""The fields of a slip in their order: a frozen file for each version, so that yesterday's phone is still read."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

VERSION = 1
BUYERS = "buyers"
MOST_BUYERS = 5
AFTER_BUYERS = ("business", "cover", "declarations", "review")


class Field(msgspec.Struct, frozen=True):
    """One line: *words* of a closed list are said by their place. A ``word`` is said as it is: data, not a list."""

    step: str
    name: str
    kind: Literal["text", "word", "choice", "several", "yes_no", "tick"]
    words: tuple[str, ...] = ()


@cache
def fields(version: int = VERSION) -> tuple[Field, ...]:
    """Return the fields of *version*, those of one buyer once."""
    data = (Path(__file__).parent / f"v{version}.json").read_bytes()
    return msgspec.json.decode(data, type=tuple[Field, ...])


def places(buyers: int, version: int = VERSION) -> Iterator[tuple[Field, int | None]]:
    """Yield every field of a slip with this many *buyers* in order, with the buyer's place from 0 or None."""
    table = fields(version)
    before = [field for field in table if field.step not in (BUYERS, *AFTER_BUYERS)]
    yield from ((field, None) for field in before)
    for number in range(buyers):
        yield from ((field, number) for field in table if field.step == BUYERS)
    yield from ((field, None) for field in table if field.step in AFTER_BUYERS)
