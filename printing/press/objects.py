"""The objects of a PDF file (ISO 32000): numbered, those without a stream packed together, found by one table."""

import hashlib
import struct
from collections.abc import Iterable
from itertools import accumulate, pairwise, starmap

from deflate import zlib_compress

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
COMPRESSED = b"/Filter /FlateDecode"
STREAM = b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n"
# Of 12. In the content of pages the last hundredths take as long as all the rest of a paper.
EFFORT, CONTENT_EFFORT = 10, 8
# Bytes of a row in the table of objects.
COLUMNS = 7


def packed(data: bytes, head: bytes = b"<<>>", effort: int = EFFORT) -> tuple[bytes, bytes]:
    """Return the dictionary *head* of a stream, completed, and its *data*, compressed if that makes it smaller."""
    small = bytes(zlib_compress(data, effort))
    if len(small) + len(COMPRESSED) < len(data):
        return b"%s%s/Length %d>>" % (head[:-2], COMPRESSED, len(small)), small
    return b"%s/Length %d>>" % (head[:-2], len(data)), data


class Objects:
    """The objects of one file, in order of their numbers from 1."""

    def __init__(self) -> None:
        self.heads: list[bytes | None] = [None]
        self.streams: dict[int, bytes] = {}

    def reserve(self) -> int:
        """Return the number of an object that is still to come."""
        self.heads.append(None)
        return len(self.heads) - 1

    def put(self, number: int, head: bytes, stream: bytes | None = None) -> int:
        """Set object *number*: its dictionary or whatever it is, and its stream if it has one."""
        self.heads[number] = head
        if stream is not None:
            self.streams[number] = stream
        return number

    def add(self, head: bytes, stream: bytes | None = None) -> int:
        """Add an object and return its number."""
        return self.put(self.reserve(), head, stream)

    def add_packed(self, data: bytes, head: bytes = b"<<>>", effort: int = EFFORT) -> int:
        """Add *data* as a compressed stream and return its number."""
        return self.add(*packed(data, head, effort))

    def file(self, root: int) -> bytes:
        """Return the whole file; *root* is the number of its catalogue."""
        plain = [number for number, head in enumerate(self.heads) if head is not None and number not in self.streams]
        together = self.add(*self._together(plain))
        pieces, where, at = [HEADER], {}, len(HEADER)
        for number, stream in self.streams.items():
            where[number] = at
            pieces.append(STREAM % (number, self.heads[number], stream))
            at += len(pieces[-1])
        rows = [(0, 0, 0) for _ in self.heads]
        for number, offset in where.items():
            rows[number] = (1, offset, 0)
        for index, number in enumerate(plain):
            rows[number] = (2, together, index)
        pieces.append(self._table(rows, root, at, hashlib.md5(b"".join(pieces), usedforsecurity=False).hexdigest()))
        return b"".join(pieces)

    def _together(self, numbers: Iterable[int]) -> tuple[bytes, bytes]:
        """Return the object stream of what has no stream of its own (7.5.7)."""
        bodies = [self.heads[number] or b"" for number in numbers]
        starts = accumulate((len(body) + 1 for body in bodies), initial=0)
        index = b" ".join(b"%d %d" % pair for pair in zip(numbers, starts, strict=False))
        head = b"<</Type /ObjStm/N %d/First %d>>" % (len(bodies), len(index) + 1)
        return packed(index + b"\n" + b"\n".join(bodies), head)

    def _table(self, rows: list[tuple[int, int, int]], root: int, at: int, name: str) -> bytes:
        """Return the cross-reference stream (7.5.8), which is the last object, and where it stands."""
        rows = [*rows, (1, at, 0)]
        packed_rows = [struct.pack(">BIH", *row) for row in rows]
        data = b"".join(starmap(_above, pairwise([bytes(COLUMNS), *packed_rows])))
        head = (
            b"<</Type /XRef/W [1 4 2]/Size %d/Root %d 0 R/ID [<%s> <%s>]/DecodeParms <</Predictor 12/Columns %d>>>>"
        ) % (
            len(rows), root, name.encode(), name.encode(), COLUMNS,
        )  # fmt: skip
        head, stream = packed(data, head)
        return STREAM % (len(rows) - 1, head, stream) + b"startxref\n%d\n%%%%EOF\n" % at


def _above(above: bytes, row: bytes) -> bytes:
    """Return *row* as what it differs by from the one *above* (PNG, Up): numbers that rise by one are all alike."""
    return b"\x02" + bytes((one - other) & 255 for one, other in zip(row, above, strict=True))
