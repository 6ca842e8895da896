"""The fonts of a document: of each face the glyphs that are used, and what they read (9.7, 9.10.3)."""

import hashlib
from collections.abc import Iterator, Mapping

from printing.press.faces import PER_MILLE, Face, glyph_count
from printing.press.objects import EFFORT, Objects, packed
from printing.press.setting import Used

MOST_IN_A_BLOCK = 100
SYMBOLIC = 4
LETTERS = "ABCDEFGHIJKLMNOP"
READS = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{blocks}
endcmap CMapName currentdict /CMap defineresource pop end end"""


def embed(objects: Objects, used: Used) -> dict[str, int]:
    """Write a font for each face of *used* and return the objects by the faces' names."""
    return {face.name: _font(objects, face, glyphs) for face, glyphs in used.glyphs.items() if glyphs}


def _font(objects: Objects, face: Face, glyphs: Mapping[int, str]) -> int:
    numbers = sorted(glyphs)
    data = face.cut(numbers)
    name = b"%s+%s" % (_tag(data), face.postscript.encode())
    file = objects.add(*packed(data, b"<</Length1 %d>>" % len(data), EFFORT))
    described = objects.add(_descriptor(face, name, file, objects.add_packed(_all_of(data))))
    descendant = objects.add(
        b"<</Type /Font/Subtype /CIDFontType2/BaseFont /%s/CIDToGIDMap /Identity/FontDescriptor %d 0 R"
        b"/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>/W [%s]>>"
        % (name, described, _widths(face, numbers))
    )
    reads = objects.add_packed(READS.format(blocks="\n".join(_blocks(numbers, glyphs))).encode())
    return objects.add(
        b"<</Type /Font/Subtype /Type0/BaseFont /%s/Encoding /Identity-H/DescendantFonts [%d 0 R]/ToUnicode %d 0 R>>"
        % (name, descendant, reads)
    )


def _widths(face: Face, numbers: list[int]) -> bytes:
    """Return how far each glyph advances, but for those as wide as high: a reader takes that for granted (DW)."""
    widths = ((number, face.width(number)) for number in numbers)
    return b"".join(b"%d [%.6g]" % pair for pair in widths if pair[1] != PER_MILLE)


def _descriptor(face: Face, name: bytes, file: int, present: int) -> bytes:
    return (
        b"<</Type /FontDescriptor/FontName /%s/Flags %d/FontBBox [%d %d %d %d]/ItalicAngle 0"
        b"/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R/CIDSet %d 0 R>>"
        % (name, SYMBOLIC, *face.box, face.ascent, face.descent, face.ascent, file, present)
    )


def _all_of(font: bytes) -> bytes:
    """Return a bit for each glyph that *font* has: the ones not used are there too, empty, under their own numbers."""
    count = glyph_count(font)
    return ((1 << count) - 1 << -count % 8).to_bytes((count + 7) // 8, "big")


def _blocks(numbers: list[int], glyphs: Mapping[int, str]) -> Iterator[str]:
    for at in range(0, len(numbers), MOST_IN_A_BLOCK):
        some = numbers[at : at + MOST_IN_A_BLOCK]
        rows = (f"<{number:04x}> <{glyphs[number].encode('utf-16-be').hex()}>" for number in some)
        yield "\n".join((f"{len(some)} beginbfchar", *rows, "endbfchar"))


def _tag(data: bytes) -> bytes:
    """Return six capitals that name this cut of a font."""
    return "".join(LETTERS[int(digit, 16)] for digit in hashlib.sha256(data).hexdigest()[:6]).encode()
