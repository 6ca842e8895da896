"""An OpenType font around outlines, with no more in it than a PDF asks for (ISO 32000-1, 9.9): outlines and a map."""

import struct
from collections.abc import Mapping

TABLE = struct.Struct(">4sIII")
# A character map that maps nothing: glyphs are asked for by their numbers.
NO_CHARACTERS = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + struct.pack(
    ">8H4H", 4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0
)


def wrapped(outlines: bytes) -> bytes:
    """Return a font of *outlines* (CFF), which say how wide they are."""
    return _file({b"CFF ": outlines, b"cmap": NO_CHARACTERS})


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
