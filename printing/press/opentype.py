"""An OpenType font around outlines (ISO 14496-22): what a reader asks for besides them, the em and the widths."""

import struct
from collections.abc import Mapping, Sequence

TABLE = struct.Struct(">4sIII")
MAGIC = 0x5F0F3CF5
# A character map that maps nothing: glyphs are asked for by their numbers.
NO_CHARACTERS = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(
    ">8H4H", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0
)


def wrapped(outlines: bytes, em: int, widths: Sequence[int], ascent: int, descent: int) -> bytes:
    """Return a font of *outlines* (CFF) with *em* steps to the em; all lengths in steps, *widths* by glyph."""
    tables = {
        b"CFF ": outlines,
        b"cmap": NO_CHARACTERS,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, MAGIC, 0, em, 0, 0, 0, descent, em, ascent, 0, 3, 2, 0, 0
        ),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, ascent, descent, 0, max(widths), *(0,) * 11, len(widths)),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in widths),
        b"maxp": struct.pack(">IH", 0x5000, len(widths)),
    }
    return _file(tables)


def _file(tables: Mapping[bytes, bytes]) -> bytes:
    """Return *tables* as a file, the directory first. Nobody checks the sums, so they are none."""
    count = len(tables)
    most = 1 << count.bit_length() - 1
    head = struct.pack(">4sHHHH", b"OTTO", count, most * 16, most.bit_length() - 1, (count - most) * 16)
    at = len(head) + TABLE.size * count
    rows, data = [], []
    for tag, table in tables.items():
        rows.append(TABLE.pack(tag, 0, at, len(table)))
        data.append(table + bytes(-len(table) % 4))
        at += len(data[-1])
    return head + b"".join(rows) + b"".join(data)
