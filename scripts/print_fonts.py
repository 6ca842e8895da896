"""Make the print fonts: Noto's outlines as cubic curves on a coarse grid, under private names.

    python -m scripts.print_fonts FOLDER    # with the four files named in printing/fonts/README.md

At 10 pt straight edges move by at most half a dot of a printer of 600 dpi and curves by little more than one: the eye
sees no difference, and papers get much smaller. A glyph is one charstring without subroutines, which
``printing/press/cff.py`` takes out as it is.
What only screens and vertical lines need is left out.
"""

import sys
from math import hypot
from pathlib import Path
from typing import NamedTuple

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.basePen import AbstractPen
from fontTools.pens.filterPen import DecomposingFilterPen, FilterPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FONTS = Path(__file__).parent.parent / "printing" / "fonts"


class Drawn(NamedTuple):
    """How a font is drawn: in steps to the em; in thousandths of it, how far fewer curves may be from Noto's, and

    from its chord a curve that is drawn straight.
    """

    grid: int
    near: float
    flat: float


TEXT, TITLES = Drawn(80, 5, 10), Drawn(80, 3, 6)
# It has thinner strokes.
TIBETAN = Drawn(96, 2, 4)
MARK = 0.656  # of the em: most vowels stand so far behind the end of their letter
OF_THE_BULGE = 0.75  # A cubic curve leaves its chord by so much of what its handles do.
NAMES = {
    "NotoSansSC_400Regular.ttf": ("han-400.otf", "Tsheg Han", "Regular", TEXT),
    "NotoSansSC_700Bold.ttf": ("han-700.otf", "Tsheg Han", "Bold", TITLES),
    "NotoSerifTibetan_400Regular.ttf": ("bod-400.otf", "Tsheg Bod", "Regular", TIBETAN),
    "NotoSerifTibetan_700Bold.ttf": ("bod-700.otf", "Tsheg Bod", "Bold", TIBETAN),
}
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
UNUSED = ("vhea", "vmtx", "VORG", "BASE", "STAT", "gasp", "prep", "fpgm", "cvt ", "DSIG", "meta")
HAN_LAYOUT = ("GSUB", "GPOS", "GDEF")
NAMELESS = 3.0
MARK_GLYPH = 3


def make(source: Path, target: Path, family: str, style: str, drawn: Drawn) -> None:
    """Write *source* as *target*, renamed; the outlines are those of Noto, rounded to the grid."""
    with TTFont(source) as font:
        for table in (*UNUSED, *(HAN_LAYOUT if family.endswith("Han") else ())):
            if table in font:
                del font[table]
        widen_marks(font)
        outlines = outlined(font, drawn)
        scale_upem(font, drawn.grid)
        rename(font, family, style)
        set_outlines(font, outlines, drawn.grid)
        font.save(target)


def widen_marks(font: TTFont) -> None:
    """Give marks (vowels above a letter) the width of what they stand on, in *font* only: set, they need none.

    After a mark a document then goes back to where it was by next to nothing, and who copies its text finds no gap.
    """
    if "GDEF" in font:
        widths, kinds = font["hmtx"].metrics, font["GDEF"].table.GlyphClassDef.classDefs
        for name in (name for name, kind in kinds.items() if kind == MARK_GLYPH):
            widths[name] = round(font["head"].unitsPerEm * MARK), widths[name][1]


def outlined(font: TTFont, drawn: Drawn) -> dict[str, T2CharString]:
    """Return each outline of *font* as it is *drawn*."""
    glyphs, em, found = font.getGlyphSet(), font["head"].unitsPerEm, {}
    grid, near, flat = drawn
    for name in font.getGlyphOrder():
        width = round(font["hmtx"][name][0] * grid / em)
        pen = T2CharStringPen(None if width == grid else width, None)
        small = TransformPen(pen, (grid / em, 0, 0, grid / em, 0, 0))
        straight = Straightened(small, flat * em / 1000)
        cubic = Qu2CuPen(straight, near * em / 1000, all_cubic=True, reverse_direction=True)
        glyphs[name].draw(DecomposingFilterPen(cubic, glyphs))
        found[name] = pen.getCharString()
    return found


class Straightened(FilterPen):  # type: ignore[misc]
    """Draws curves that leave their chord by less than *near* as straight lines."""

    def __init__(self, pen: AbstractPen, near: float) -> None:
        super().__init__(pen)
        self.near = near

    def curveTo(self, *points: tuple[float, float]) -> None:
        """Draw the curve to the last of *points* by the handles before it."""
        start, *handles, end = self.current_pt, *points
        if max(_away(handle, start, end) for handle in handles) * OF_THE_BULGE < self.near:
            self.lineTo(end)
        else:
            super().curveTo(*points)


def _away(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return how far *point* is from the line through *start* and *end*."""
    across, up = end[0] - start[0], end[1] - start[1]
    length = hypot(across, up)
    from_start = point[0] - start[0], point[1] - start[1]
    return abs(across * from_start[1] - up * from_start[0]) / length if length else hypot(*from_start)


def set_outlines(font: TTFont, outlines: dict[str, T2CharString], grid: int) -> None:
    """Let *font* have these *outlines* instead of its own; what says no width is as wide as the em."""
    del font["glyf"], font["loca"]
    font.sfntVersion = "OTTO"
    font["maxp"].tableVersion = 0x00005000
    font["post"].formatType = NAMELESS
    private = {"defaultWidthX": grid, "nominalWidthX": 0}
    FontBuilder(font=font).setupCFF(font["name"].getDebugName(POSTSCRIPT), {}, outlines, private)


def rename(font: TTFont, family: str, style: str) -> None:
    """Give *font* a private name; who made it and its licence stay."""
    postscript = f"{family}-{style}".replace(" ", "")
    said = {FAMILY: family, STYLE: style, UNIQUE: postscript, FULL: f"{family} {style}", POSTSCRIPT: postscript}
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (16, 17, 21, 22, 25):
            names.removeNames(record.nameID)
    for number, text in said.items():
        names.removeNames(number)
        names.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    for name, (target, family, style, drawn) in NAMES.items():
        make(Path(sys.argv[1]) / name, FONTS / target, family, style, drawn)
