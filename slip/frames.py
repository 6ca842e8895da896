"""Bytes as digits only (数字): what any scanner gun types undamaged and a square code carries most tightly.

A frame is a mark, its version, the part's number, how many parts there are, the tag all parts share, the data, and a
check value. The data are groups of 6 bytes as 15 digits; the check value is the CRC-32 of every digit before it.
"""

import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence

import msgspec

from slip.errors import Unreadable

GROUP = 6
WIDTHS = (0, 3, 5, 8, 10, 13, 15)
SUM = 10
MOST_DIGITS = 60_000


class Part(msgspec.Struct, frozen=True):
    """One frame: part *number* from 1 of what takes *parts* to read, the *tag* they share, the *frame* as digits."""

    number: int
    parts: int
    tag: str
    data: bytes
    frame: str


class Reasons(msgspec.Struct, frozen=True):
    """The codes of what is said of one kind of frame."""

    damaged: str
    foreign: str
    older: str
    newer: str


class Frames(msgspec.Struct, frozen=True):
    """One kind of frame: its *mark* and *version*, how many digits its numbers and its tag have.

    *last* says which number the last part has where *parts* are needed: with repair parts there are more than that.
    """

    mark: str
    version: int
    number: int
    tag: int
    reasons: Reasons
    last: Callable[[int], int] = int

    @property
    def head(self) -> int:
        """How many digits stand before the data."""
        return len(self.mark) + 1 + 2 * self.number + self.tag

    def written(self, shares: Sequence[bytes], parts: int, tag: str) -> list[str]:
        """Return *shares* as frames, of which *parts* are needed."""
        wide = self.number
        heads = (f"{self.mark}{self.version}{at:0{wide}d}{parts:0{wide}d}{tag}" for at in range(1, len(shares) + 1))
        return [_framed(head + _digits(share)) for head, share in zip(heads, shares, strict=True)]

    def is_ours(self, typed: str) -> bool:
        """Say whether *typed* begins like a frame and is longer than anything else that is typed."""
        return len(typed) > self.head + SUM and plain(typed).startswith(self.mark)

    def parts(self, typed: str) -> list[Part]:
        """Return the frames in *typed*, one after another with white space anywhere or none; raise Unreadable."""
        digits = plain(typed)
        if not digits.startswith(self.mark):
            raise Unreadable(self.reasons.foreign)
        if len(digits) > MOST_DIGITS:
            raise Unreadable(self.reasons.damaged)
        return list(self._parts(digits))

    def _parts(self, digits: str) -> Iterator[Part]:
        while digits:
            frame = next(filter(_holds, self._ends(digits)), digits)
            yield self._part(frame)
            digits = digits[len(frame) :]

    def _ends(self, digits: str) -> Iterator[str]:
        end = digits.find(self.mark, 1)
        while end > 0:
            yield digits[:end]
            end = digits.find(self.mark, end + 1)

    def _part(self, frame: str) -> Part:
        if not (frame.isascii() and frame.isdigit() and len(frame) > self.head + SUM):
            raise Unreadable(self.reasons.damaged)
        version, rest = int(frame[len(self.mark)]), frame[len(self.mark) + 1 :]
        if version != self.version:
            raise Unreadable(self.reasons.newer if version > self.version else self.reasons.older)
        number, parts = int(rest[: self.number]), int(rest[self.number :][: self.number])
        if not _holds(frame) or not 1 <= number <= self.last(parts):
            raise Unreadable(self.reasons.damaged)
        return Part(number, parts, frame[self.head - self.tag : self.head], self._bytes(frame[self.head : -SUM]), frame)

    def _bytes(self, digits: str) -> bytes:
        width = WIDTHS[GROUP]
        groups = (digits[at : at + width] for at in range(0, len(digits), width))
        try:
            return b"".join(int(group).to_bytes(WIDTHS.index(len(group)), "big") for group in groups)
        except (ValueError, OverflowError):
            raise Unreadable(self.reasons.damaged) from None


def plain(typed: str) -> str:
    """Return what a gun typed without white space and its own ``]Q1``; digits of any script are digits."""
    tight = "".join(typed.split())
    if tight.startswith("]"):
        tight = tight[3:]
    return "".join(str(unicodedata.decimal(character, character)) for character in tight)


def check(data: bytes) -> str:
    """Return the CRC-32 of *data* as ten digits."""
    return f"{zlib.crc32(data):0{SUM}d}"


def _holds(frame: str) -> bool:
    return frame[-SUM:] == check(frame[:-SUM].encode())


def _framed(digits: str) -> str:
    return digits + check(digits.encode())


def _digits(data: bytes) -> str:
    groups = (data[at : at + GROUP] for at in range(0, len(data), GROUP))
    return "".join(f"{int.from_bytes(group, 'big'):0{WIDTHS[len(group)]}d}" for group in groups)
