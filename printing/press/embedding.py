"""The fonts of a document: of each face the glyphs that are used, and what they read (9.7, 9.10.3)."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby, islice

from printing.press.faces import PER_MILLE, Face
from printing.press.objects import Objects, packed
from printing.press.setting import Used

MOST_IN_A_BLOCK = 100
# Codes of a range agree in their first byte.
MOST_IN_A_RANGE = 256
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
    fonts = {face: glyphs for face, glyphs in used.glyphs.items() if glyphs}
    ranges = chain.from_iterable(_ranges(face.first, list(glyphs.values())) for face, glyphs in fonts.items())
    reads = objects.add_packed(READS.format(blocks="\n".join(_blocks(ranges))).encode())
    return {face.name: _font(objects, face, glyphs, reads) for face, glyphs in fonts.items()}


def _font(objects: Objects, face: Face, glyphs: Mapping[int, str], reads: int) -> int:
    data = face.cut(list(glyphs))
    name = b"%s+%s" % (_tag(data), face.postscript.encode())
    file = objects.add(*packed(data, b"<</Subtype /OpenType>>"))
    described = objects.add(_descriptor(face, name, file, _present(objects, face, len(glyphs))))
    descendant = objects.add(
        b"<</Type /Font/Subtype /CIDFontType0/BaseFont /%s/FontDescriptor %d 0 R"
        b"/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>/W [%s]>>"
        % (name, described, _widths(face, glyphs))
    )
    return objects.add(
        b"<</Type /Font/Subtype /Type0/BaseFont /%s/Encoding /Identity-H/DescendantFonts [%d 0 R]/ToUnicode %d 0 R>>"
        % (name, descendant, reads)
    )


def _widths(face: Face, glyphs: Iterable[int]) -> bytes:
    """Return how far each glyph advances, but for those as wide as high: a reader takes that for granted (DW)."""
    found = []
    numbered = enumerate(map(face.width, glyphs), face.first)
    for usual, some in groupby(numbered, lambda pair: pair[1] == PER_MILLE):
        if not usual:
            pairs = list(some)
            found.append(b"%d [%s]" % (pairs[0][0], b" ".join(b"%.6g" % width for _, width in pairs)))
    return b"".join(found)


def _descriptor(face: Face, name: bytes, file: int, present: int) -> bytes:
    return (
        b"<</Type /FontDescriptor/FontName /%s/Flags %d/FontBBox [%d %d %d %d]/ItalicAngle 0"
        b"/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile3 %d 0 R/CIDSet %d 0 R>>"
        % (name, SYMBOLIC, *face.box, face.ascent, face.descent, face.ascent, file, present)
    )


def _present(objects: Objects, face: Face, count: int) -> int:
    """Write which codes there are, a bit each: 0 and *count* from the first one on. Return the object's number."""
    end = face.first + count
    bits = ((1 << count) - 1 | 1 << end - 1) << -end % 8
    return objects.add_packed(bits.to_bytes((end + 7) // 8))


def _ranges(first: int, reads: Iterable[str]) -> Iterator[str]:
    """Yield what the glyphs with codes from *first* on read, in ranges of codes."""
    numbered = enumerate((f"<{text.encode('utf-16-be').hex()}>" for text in reads), first)
    for _, some in groupby(numbered, lambda pair: pair[0] // MOST_IN_A_RANGE):
        row = list(some)
        yield f"<{row[0][0]:04x}> <{row[-1][0]:04x}> [{''.join(text for _, text in row)}]"


def _blocks(ranges: Iterator[str]) -> Iterator[str]:
    while some := list(islice(ranges, MOST_IN_A_BLOCK)):
        yield "\n".join((f"{len(some)} beginbfrange", *some, "endbfrange"))


def _tag(data: bytes) -> bytes:
    """Return six capitals that name this cut of a font."""
    return "".join(LETTERS[int(digit, 16)] for digit in hashlib.sha256(data).hexdigest()[:6]).encode()
