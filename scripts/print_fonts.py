"""Make the print fonts: Noto's outlines as cubic curves on a coarse grid, under private names.

    python -m scripts.print_fonts FOLDER    # with the four files named in printing/fonts/README.md

At 10 pt nothing moves by more than half a dot of a printer of 600 dpi: the eye sees no difference, and papers get a
third smaller. A glyph is one charstring without subroutines: ``printing/press/cff.py`` takes it out as it is.
What only screens and vertical lines need is left out.
"""

import sys
from math import hypot
from pathlib import Path

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
# Steps to the em; Tibetan has thinner strokes.
GRIDS = {"Tsheg Han": 112, "Tsheg Bod": 128}
NEAR = 2  # thousandths of the em
FLAT = 4  # thousandths of the em: a curve nearer than this to its chord is drawn as one
OF_THE_BULGE = 0.75  # A cubic curve leaves its chord by so much of what its handles do.
NAMES = {
    "NotoSansSC_400Regular.ttf": ("han-400.otf", "Tsheg Han", "Regular"),
    "NotoSansSC_700Bold.ttf": ("han-700.otf", "Tsheg Han", "Bold"),
    "NotoSerifTibetan_400Regular.ttf": ("bod-400.otf", "Tsheg Bod", "Regular"),
    "NotoSerifTibetan_700Bold.ttf": ("bod-700.otf", "Tsheg Bod", "Bold"),
}
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
UNUSED = ("vhea", "vmtx", "VORG", "BASE", "STAT", "gasp", "prep", "fpgm", "cvt ", "DSIG", "meta")
HAN_LAYOUT = ("GSUB", "GPOS", "GDEF")
NAMELESS = 3.0


def make(source: Path, target: Path, family: str, style: str) -> None:
    """Write *source* as *target*, renamed; the outlines are those of Noto, rounded to the grid."""
    with TTFont(source) as font:
        for table in (*UNUSED, *(HAN_LAYOUT if family.endswith("Han") else ())):
            if table in font:
                del font[table]
        grid = GRIDS[family]
        outlines = drawn(font, grid)
        scale_upem(font, grid)
        rename(font, family, style)
        set_outlines(font, outlines, grid)
        font.save(target)


def drawn(font: TTFont, grid: int) -> dict[str, T2CharString]:
    """Return each outline on the *grid*, with as few curves as keep within ``NEAR`` of it."""
    glyphs, em, found = font.getGlyphSet(), font["head"].unitsPerEm, {}
    for name in font.getGlyphOrder():
        width = round(font["hmtx"][name][0] * grid / em)
        pen = T2CharStringPen(None if width == grid else width, None)
        small = TransformPen(pen, (grid / em, 0, 0, grid / em, 0, 0))
        straight = Straightened(small, FLAT * em / 1000)
        cubic = Qu2CuPen(straight, NEAR * em / 1000, all_cubic=True, reverse_direction=True)
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
    for name, (target, family, style) in NAMES.items():
        make(Path(sys.argv[1]) / name, FONTS / target, family, style)
