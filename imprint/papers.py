"""Codes of many papers as they come (一叠打印件), in any order, each sorted to its own paper."""

from collections.abc import Iterator

import msgspec

from domain.reference import middle
from imprint.content import Content
from imprint.digits import last, number, read
from slip.frames import Part


class Paper(msgspec.Struct, frozen=True):
    """What was read of one paper: its parts, by their numbers."""

    held: tuple[Part, ...]

    @property
    def tag(self) -> str:
        """What its parts share, and no other paper's."""
        return self.held[0].tag

    @property
    def parts(self) -> int:
        """How many of its codes have to be read, whichever."""
        return self.held[0].parts

    @property
    def total(self) -> int:
        """How many codes it has."""
        return last(self.parts)

    @property
    def missing(self) -> int:
        """How many are still to be read."""
        return max(0, self.parts - len(self.held))

    @property
    def number(self) -> str:
        """The middle of its record's reference: ``4F7K-9QTM``."""
        return middle(number(self.held[0]))

    def content(self) -> Content | None:
        """Return what it says once enough was read; raise Unreadable where that makes no record."""
        return read(self.held)


class Papers:
    """Sorts parts."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], dict[int, Part]] = {}

    def __iter__(self) -> Iterator[Paper]:
        """Yield the papers in the order in which each was seen first."""
        return (Paper(tuple(sorted(held.values(), key=_number))) for held in self._held.values())

    def add(self, part: Part) -> bool:
        """Take *part*; say whether it is new."""
        held = self._held.setdefault((part.tag, part.parts), {})
        new = part.number not in held
        held.setdefault(part.number, part)
        return new

    def of(self, part: Part) -> Paper:
        """Return the paper that *part*, taken before, belongs to."""
        return Paper(tuple(self._held[part.tag, part.parts].values()))


def _number(part: Part) -> int:
    return part.number
