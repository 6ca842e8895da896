"""The plate (印版): a laid-out paper without its values, ready to be written into any number of documents.

Lengths are CSS pixels (0.75 pt) from the left and top of the page. Nothing in a plate is about anybody.
"""

import re
from collections.abc import Sequence

import msgspec

REFERENCE = re.compile(rb"(?<![\d.])(\d+) 0 R")
# Objects that a document has once, whatever it is made of: what a plate refers to them by.
PAGES, STRUCTURE, FONTS = -1, -2, -3

# A PDF object's bytes, between them the numbers of the objects it refers to.
Parts = list[bytes | int]


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One object of a plate under its *number* there; *stream* is what follows the dictionary, compressed."""

    number: int
    parts: Parts
    stream: bytes = b""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where the value *put* stands on *page*: edges, size and weight of its letters, a baseline for each line there."""

    put: int
    page: int
    left: float
    width: float
    size: float
    bold: bool
    align: str
    baselines: dict[int, float]


class Hole(msgspec.Struct, frozen=True, array_like=True):
    """Where in a page's content line *line* of place *place* is written."""

    place: int
    line: int


class Page(msgspec.Struct, frozen=True, array_like=True):
    """One page: its object's number, its box in points, its content with the holes between.

    *marked* are the elements of its marked content, 0 for what is not read aloud.
    """

    number: int
    resources: int
    box: tuple[float, float]
    content: tuple[bytes, ...]
    holes: tuple[Hole, ...]
    marked: tuple[int, ...]


class Code(msgspec.Struct, frozen=True, array_like=True):
    """The image object that square code *square* becomes."""

    square: int
    number: int


class Plate(msgspec.Struct, frozen=True, array_like=True):
    """All pages of a paper; *pieces* are its structure, *glyphs* what it is set in: by face, by number, as text,

    in the order of their codes, which begin with the face's first."""

    pages: tuple[Page, ...]
    places: tuple[Place, ...]
    codes: tuple[Code, ...]
    pieces: tuple[Piece, ...]
    glyphs: dict[str, dict[int, str]]
    resources: Parts
    kids: tuple[int, ...]

    def places_of(self, put: int) -> Sequence[Place]:
        """Return where value *put* stands: on every page, if it belongs to the foot."""
        return [place for place in self.places if place.put == put]


def taken_apart(data: bytes, known: dict[int, int]) -> Parts:
    """Return *data* with its references as numbers; those in *known* by what it says."""
    pieces = REFERENCE.split(data)
    return [known.get(int(piece), int(piece)) if at % 2 else piece for at, piece in enumerate(pieces)]
