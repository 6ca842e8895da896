"""The faces papers are set in (字体): shaping with HarfBuzz, and cutting out the glyphs that one document needs."""

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

import uharfbuzz as hb

from printing.fonts import FONTS

PER_MILLE = 1000
# What a reader of PDF never asks a font for.
UNUSED = tuple(int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"OS/2", b"name", b"post", b"cmap"))


class Glyph(NamedTuple):
    """One glyph of shaped text: *advance* and offsets in thousandths of the size, *at* the character it begins."""

    number: int
    advance: float
    across: float
    up: float
    at: int


class Face:
    """One font file, under the short *name* it has in every document."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.face = hb.Face(hb.Blob.from_file_path(str(FONTS / file)))
        self.font = hb.Font(self.face)
        self.scale = PER_MILLE / self.face.upem
        self._widths: dict[int, float] = {}

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
        hb.shape(self.font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            across, up = place.x_offset * self.scale, place.y_offset * self.scale
            yield Glyph(info.codepoint, place.x_advance * self.scale, across, up, info.cluster)

    def width(self, number: int) -> float:
        """Return how far glyph *number* advances by itself, in thousandths of the size."""
        if number not in self._widths:
            self._widths[number] = self.font.get_glyph_h_advance(number) * self.scale
        return self._widths[number]

    def cut(self, numbers: Iterable[int]) -> bytes:
        """Return a font of glyphs *numbers* alone, under their own numbers."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(numbers)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(UNUSED)
        return bytes(hb.subset(self.face, wanted).blob.data)


def glyph_count(font: bytes) -> int:
    """Return how many glyphs the *font* file has."""
    return int(hb.Face(font).glyph_count)


def by_name(name: str) -> Face:
    """Return the face that documents call *name*."""
    return face(name.startswith("bod"), name.endswith("700"))


@cache
def face(tibetan: bool, bold: bool) -> Face:
    """Return the face of a script and a weight; read once."""
    script, weight = ("bod" if tibetan else "han"), (700 if bold else 400)
    return Face(f"{script}{weight}", f"{script}-{weight}.ttf")
