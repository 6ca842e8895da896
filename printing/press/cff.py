"""Outlines of glyphs (CFF, Adobe Technical Note 5176): read from a font file, some of them written anew."""

import struct
from collections.abc import Iterator, Sequence
from functools import cached_property

HEADER = b"\x01\x00\x04\x04"
NOTDEF = 0
# Operators of the top dictionary, its private one's, and of a font in a font with numbered glyphs.
CHARSET, CHARSTRINGS, PRIVATE, ROS, FD_ARRAY, FD_SELECT, CID_COUNT = 15, 17, 18, (12, 30), (12, 36), (12, 37), (12, 34)
FONT_MATRIX, DEFAULT_WIDTH = (12, 7), 20
ADOBE, IDENTITY = 391, 392
LONG = 29


class Outlines:
    """The charstrings of the font file *data*, an OpenType font without subroutines; *em* is its em in steps."""

    def __init__(self, data: memoryview, em: int) -> None:
        self.em = em
        self.cff = _table(data, b"CFF ")

    @cached_property
    def charstrings(self) -> "Index":
        """Where the outline of each glyph is, by its number."""
        names = Index(self.cff, self.cff[2])
        top = Index(self.cff, names.end)
        return Index(self.cff, _operand(top[0], CHARSTRINGS))

    def of(self, glyphs: Sequence[int], name: bytes, first: int) -> bytes:
        """Return a font called *name* in which *glyphs* are numbered from *first*; 0 is the mark of a missing glyph."""
        return _written(name, [self.charstrings[glyph] for glyph in (NOTDEF, *glyphs)], first, self.em)


class Index:
    """A list of byte strings as CFF keeps it at *start*; *end* is what follows it."""

    def __init__(self, data: memoryview, start: int) -> None:
        self.data = data
        (self.count,) = struct.unpack_from(">H", data, start)
        self.wide = data[start + 2] if self.count else 0
        self.offsets = start + 3
        self.base = self.offsets + (self.count + 1) * self.wide - 1
        self.end = self.base + self._offset(self.count) if self.count else start + 2

    def __getitem__(self, at: int) -> bytes:
        return bytes(self.data[self.base + self._offset(at) : self.base + self._offset(at + 1)])

    def _offset(self, at: int) -> int:
        start = self.offsets + at * self.wide
        return int.from_bytes(self.data[start : start + self.wide])


def _table(font: memoryview, tag: bytes) -> memoryview:
    (count,) = struct.unpack_from(">H", font, 4)
    for row in range(12, 12 + 16 * count, 16):
        found, _, start, length = struct.unpack_from(">4sIII", font, row)
        if found == tag:
            return font[start : start + length]
    raise ValueError(f"the font has no {tag.decode()}")


def _operand(dictionary: bytes, wanted: int) -> int:
    """Return the last number before operator *wanted*, which is an offset."""
    for operator, operands in _entries(dictionary):
        if operator == wanted:
            return operands[-1]
    raise ValueError(f"the font does not say {wanted}")


def _entries(dictionary: bytes) -> Iterator[tuple[int, list[int]]]:
    """Yield operators of one byte, those of two as 12, with the whole numbers before them."""
    at = 0
    operands: list[int] = []
    while at < len(dictionary):
        first = dictionary[at]
        if first <= 21:
            yield first, operands
            operands = []
            at += 2 if first == 12 else 1
        else:
            length, value = _number(dictionary, at)
            operands.append(value)
            at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return how long the number at *at* is, and what it is; a fraction counts as 0."""
    first = data[at]
    if first == 30:
        end = next(end for end in range(at + 1, len(data)) if data[end] & 15 == 15 or data[end] >> 4 == 15)
        return end + 1 - at, 0
    if first == 28:
        return 3, int.from_bytes(data[at + 1 : at + 3], signed=True)
    if first == LONG:
        return 5, int.from_bytes(data[at + 1 : at + 5], signed=True)
    if first < 247:
        return 1, first - 139
    return 2, (first - 247) * 256 + data[at + 1] + 108 if first < 251 else (251 - first) * 256 - data[at + 1] - 108


def _written(name: bytes, charstrings: Sequence[bytes], first: int, em: int) -> bytes:
    """Return a font of *charstrings*, whose glyphs are called by their numbers: 0, then from *first* on."""
    strings = _index([b"Adobe", b"Identity"])
    empty = _index([])
    private = _entry(em, DEFAULT_WIDTH)
    charset = struct.pack(">BHH", 2, first, len(charstrings) - 2)
    select = struct.pack(">BHHBH", 3, 1, 0, 0, len(charstrings))
    outlines = _index(charstrings)
    end = first + len(charstrings) - 1
    start = len(HEADER + _index([name]) + strings + empty) + len(_index([_top(0, 0, 0, 0, end, em)]))
    at_select = start + len(charset)
    at_outlines = at_select + len(select)
    at_private = at_outlines + len(outlines)
    top = _top(start, at_select, at_outlines, at_private + len(private), end, em)
    fonts = _index([_long(len(private)) + _long(at_private) + _operator(PRIVATE)])
    return b"".join((HEADER, _index([name]), _index([top]), strings, empty, charset, select, outlines, private, fonts))


def _top(charset: int, select: int, outlines: int, fonts: int, count: int, em: int) -> bytes:
    scale = b"\x1e" + _nibbles(f"{1 / em:.8f}".lstrip("0"))
    zero = bytes([139])
    return b"".join((
        _long(ADOBE), _long(IDENTITY), _entry(0, ROS),
        scale, zero, zero, scale, zero, zero, _operator(FONT_MATRIX),
        _entry(count, CID_COUNT), _entry(charset, CHARSET), _entry(select, FD_SELECT),
        _entry(outlines, CHARSTRINGS), _entry(fonts, FD_ARRAY),
    ))  # fmt: skip


def _entry(value: int, operator: int | tuple[int, int]) -> bytes:
    return _long(value) + _operator(operator)


def _operator(operator: int | tuple[int, int]) -> bytes:
    return bytes(operator) if isinstance(operator, tuple) else bytes([operator])


def _long(value: int) -> bytes:
    """Return a number in as many bytes as any other, so that offsets do not move what they point to."""
    return struct.pack(">Bi", LONG, value)


def _nibbles(fraction: str) -> bytes:
    """Return a number as CFF writes fractions: a digit in half a byte."""
    digits = "".join("a" if digit == "." else digit for digit in fraction) + "f"
    return bytes.fromhex(digits + "f" * (len(digits) % 2))


def _index(strings: Sequence[bytes]) -> bytes:
    if not strings:
        return b"\x00\x00"
    offsets = [1]
    for string in strings:
        offsets.append(offsets[-1] + len(string))
    wide = (offsets[-1].bit_length() + 7) // 8
    table = b"".join(offset.to_bytes(wide) for offset in offsets)
    return struct.pack(">HB", len(strings), wide) + table + b"".join(strings)
