"""The places of a record in their order (表样): a frozen file for each form, so that old papers are read for ever."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

FOLDER = Path(__file__).parent


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place: what *kind* of value stands there. *optional* may be null; a list has one kind of *item*."""

    kind: Literal["text", "number", "day", "moment", "yes_no", "word", "list", "fields"]
    optional: bool = False
    words: tuple[str, ...] = ()
    item: "Place | None" = None
    fields: dict[str, "Place"] = {}

    @property
    def each(self) -> "Place":
        """What every item of a list is."""
        if self.item is None:
            raise ValueError("not a list")
        return self.item


@cache
def table(letter: str) -> Place:
    """Return the places of the form *letter*, those of the revision first and then its body's."""
    return msgspec.json.decode((FOLDER / f"{letter}.json").read_bytes(), type=Place)


@cache
def vocabulary(letter: str) -> bytes:
    """Return the words that texts of the form *letter* may refer to, in UTF-16BE."""
    return (FOLDER / f"{letter}.txt").read_text("utf-8").rstrip("\n").encode("utf-16-be")
