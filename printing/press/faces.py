"""The faces papers are set in (字体): shaping with HarfBuzz, and cutting out the glyphs that one document needs."""

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from mmap import ACCESS_READ, mmap
from typing import NamedTuple

import uharfbuzz as hb

from printing.fonts import FONTS
from printing.press.cff import Outlines
from printing.press.opentype import wrapped

PER_MILLE = 1000
# What faces are called in documents. Each has a quarter of the codes of glyphs: one table says what all of them read.
NAMES = ("han400", "han700", "bod400", "bod700")
CODES = 0x4000


class Glyph(NamedTuple):
    """One glyph of shaped text: *advance* and offsets in thousandths of the size, *at* the character it begins."""

    number: int
    advance: float
    across: float
    up: float
    at: int


class Face:
    """One font file, under the short *name* it has in every document; *first* is the code of the first glyph there."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.first = NAMES.index(name) * CODES + 1
        self.tibetan = name.startswith("bod")
        self.file = FONTS / file
        self.face = hb.Face(hb.Blob.from_file_path(str(self.file)))
        self.font = hb.Font(self.face)
        self.scale: float = PER_MILLE / self.face.upem
        self._widths: dict[int, float] = {}
        self._reaches: dict[int, tuple[float, float]] = {}

    @cached_property
    def outlines(self) -> Outlines:
        """Its outlines; of the file only what is looked at comes into memory."""
        with self.file.open("rb") as file:
            return Outlines(memoryview(mmap(file.fileno(), 0, access=ACCESS_READ)), self.face.upem)

    @cached_property
    def letters(self) -> dict[int, str]:
        """The character of each glyph that stands for one by itself."""
        points = sorted(self.face.unicodes, reverse=True)
        return {self.font.get_nominal_glyph(point): chr(point) for point in points}

    @cached_property
    def postscript(self) -> str:
        """Its name in PDF."""
        return str(self.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME))

    @cached_property
    def ascent(self) -> int:
        """How high its lines reach, in thousandths of the size."""
        return round(float(self.font.get_font_extents("ltr").ascender) * self.scale)

    @cached_property
    def descent(self) -> int:
        """How low they reach, below zero."""
        return round(float(self.font.get_font_extents("ltr").descender) * self.scale)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """A box that holds every glyph: left, bottom, right, top."""
        return -PER_MILLE, self.descent, 2 * PER_MILLE, self.ascent

    def draws(self, character: str) -> bool:
        """Say whether it has a glyph for *character*."""
        return self.font.get_nominal_glyph(ord(character)) is not None

    def shape(self, text: str) -> Iterator[Glyph]:
        """Yield the glyphs of *text*, which is of one script."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if self.tibetan:
            # Behind a Latin letter too: the guess goes by the first letter, and other scripts have no stacks.
            buffer.script = "Tibt"
        hb.shape(self.font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            across, up = place.x_offset * self.scale, place.y_offset * self.scale
            yield Glyph(info.codepoint, place.x_advance * self.scale, across, up, info.cluster)

    def width(self, number: int) -> float:
        """Return how far glyph *number* advances by itself, in thousandths of the size."""
        if number not in self._widths:
            self._widths[number] = self.font.get_glyph_h_advance(number) * self.scale
        return self._widths[number]

    def reach(self, number: int) -> tuple[float, float]:
        """Return how high and how low the ink of glyph *number* reaches, in thousandths of the size."""
        if number not in self._reaches:
            box = self.font.get_glyph_extents(number)
            self._reaches[number] = box.y_bearing * self.scale, (box.y_bearing + box.height) * self.scale
        return self._reaches[number]

    def cut(self, numbers: Sequence[int]) -> bytes:
        """Return a font of glyphs *numbers* alone, with codes from ``first`` on in their order."""
        return wrapped(self.outlines.of(numbers, self.postscript.encode(), self.first))


def by_name(name: str) -> Face:
    """Return the face that documents call *name*."""
    return face(name.startswith("bod"), name.endswith("700"))


@cache
def face(tibetan: bool, bold: bool) -> Face:
    """Return the face of a script and a weight; read once."""
    script, weight = ("bod" if tibetan else "han"), (700 if bold else 400)
    return Face(f"{script}{weight}", f"{script}-{weight}.otf")
