"""The fonts of a document: of each face the glyphs that are used, and what they read (9.7, 9.10.3)."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from printing.press.faces import PER_MILLE, Face
from printing.press.objects import EFFORT, Objects, packed
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
    return {face.name: _font(objects, face, glyphs) for face, glyphs in used.glyphs.items() if glyphs}


def _font(objects: Objects, face: Face, glyphs: Mapping[int, str]) -> int:
    data = face.cut(list(glyphs))
    name = b"%s+%s" % (_tag(data), face.postscript.encode())
    file = objects.add(*packed(data, b"<</Subtype /OpenType>>", EFFORT))
    described = objects.add(_descriptor(face, name, file, _all_of(objects, len(glyphs) + 1)))
    descendant = objects.add(
        b"<</Type /Font/Subtype /CIDFontType0/BaseFont /%s/FontDescriptor %d 0 R"
        b"/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>/W [%s]>>"
        % (name, described, _widths(face, glyphs))
    )
    reads = objects.add_packed(READS.format(blocks="\n".join(_blocks(list(glyphs.values())))).encode())
    return objects.add(
        b"<</Type /Font/Subtype /Type0/BaseFont /%s/Encoding /Identity-H/DescendantFonts [%d 0 R]/ToUnicode %d 0 R>>"
        % (name, descendant, reads)
    )


def _widths(face: Face, glyphs: Iterable[int]) -> bytes:
    """Return how far each glyph advances, but for those as wide as high: a reader takes that for granted (DW)."""
    found = []
    for usual, some in groupby(enumerate(map(face.width, glyphs), 1), lambda pair: pair[1] == PER_MILLE):
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


def _all_of(objects: Objects, count: int) -> int:
    """Write that glyphs 0 to *count* are there, all of them, and return the object's number."""
    bits = ((1 << count) - 1 << -count % 8).to_bytes((count + 7) // 8, "big")
    return objects.add(b"<</Length %d>>" % len(bits), bits)


def _blocks(reads: Sequence[str]) -> Iterator[str]:
    """Yield what the glyphs with codes from 1 read, in ranges of codes."""
    texts = [f"<{text.encode('utf-16-be').hex()}>" for text in reads]
    ranges = [(code, texts[code - 1 : end - 1]) for code, end in _ranges(len(texts) + 1)]
    for at in range(0, len(ranges), MOST_IN_A_BLOCK):
        some = ranges[at : at + MOST_IN_A_BLOCK]
        rows = (f"<{code:04x}> <{code + len(row) - 1:04x}> [{''.join(row)}]" for code, row in some)
        yield "\n".join((f"{len(some)} beginbfrange", *rows, "endbfrange"))


def _ranges(end: int) -> Iterator[tuple[int, int]]:
    for start in range(0, end, MOST_IN_A_RANGE):
        yield max(start, 1), min(start + MOST_IN_A_RANGE, end)


def _tag(data: bytes) -> bytes:
    """Return six capitals that name this cut of a font."""
    return "".join(LETTERS[int(digit, 16)] for digit in hashlib.sha256(data).hexdigest()[:6]).encode()
