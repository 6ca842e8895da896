"""Make the print fonts: Noto's TrueType faces with fewer points on a grid of 256 to the em, under private names.

    python -m scripts.print_fonts FOLDER    # with the four files named in printing/fonts/README.md

At 10 pt a step is 0.014 mm, a third of a dot at 600 dpi: the eye sees no difference (tests/test_print_fonts.py
measures it), and papers get a third smaller. What only screens and vertical lines need is left out.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

FONTS = Path(__file__).parent.parent / "printing" / "fonts"
GRID = 256
NEAR = 2  # thousandths of the em
NAMES = {
    "NotoSansSC_400Regular.ttf": ("han-400.ttf", "Tsheg Han", "Regular"),
    "NotoSansSC_700Bold.ttf": ("han-700.ttf", "Tsheg Han", "Bold"),
    "NotoSerifTibetan_400Regular.ttf": ("bod-400.ttf", "Tsheg Bod", "Regular"),
    "NotoSerifTibetan_700Bold.ttf": ("bod-700.ttf", "Tsheg Bod", "Bold"),
}
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
UNUSED = ("vhea", "vmtx", "VORG", "BASE", "STAT", "gasp", "prep", "fpgm", "cvt ", "DSIG", "meta")
HAN_LAYOUT = ("GSUB", "GPOS", "GDEF")


def make(source: Path, target: Path, family: str, style: str) -> None:
    """Write *source* as *target*, renamed; the outlines are those of Noto, rounded to the grid."""
    with TTFont(source) as font:
        for table in (*UNUSED, *(HAN_LAYOUT if family.endswith("Han") else ())):
            if table in font:
                del font[table]
        smooth(font)
        scale_upem(font, GRID)
        rename(font, family, style)
        font.save(target)


def smooth(font: TTFont) -> None:
    """Draw each outline anew with as few points as keep within ``NEAR`` of it."""
    glyphs, table = font.getGlyphSet(), font["glyf"]
    drawn = {}
    for name in font.getGlyphOrder():
        if table[name].numberOfContours > 0:
            pen = TTGlyphPen(None)
            glyphs[name].draw(Qu2CuPen(Cu2QuPen(pen, NEAR, all_quadratic=True), NEAR, all_cubic=True))
            drawn[name] = pen.glyph(dropImpliedOnCurves=True)
    for name, glyph in drawn.items():
        table[name] = glyph


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
