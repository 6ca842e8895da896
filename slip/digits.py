"""A slip as digits only (数字): what any scanner gun types undamaged and a square code carries most tightly.

A frame is the mark, its version, part, number of parts, the tag all parts share, the data, and a check value.
The data are groups of 6 bytes as 15 digits; the tag is the CRC-32 of the whole slip, the check value the CRC-32
of every digit before it.
"""

import unicodedata
import zlib
from collections.abc import Iterator, Sequence

import msgspec

from slip.errors import Unreadable

MARK = "87434"  # TSHEG on the keys of a telephone
VERSION = 1
GROUP = 6
WIDTHS = (0, 3, 5, 8, 10, 13, 15)
SUM = 10
HEAD = len(MARK) + 3 + SUM
MOST_DIGITS = 60_000
# A square code of version 34 at the lowest level of correction holds 5,253 digits in 161 modules with its border:
# 4 pixels a module on a screen of 720 with something around it.
MOST_BYTES = 2088
MOST_PARTS = 9


class Part(msgspec.Struct, frozen=True):
    """One frame: part *number* of *parts* from 1, the *tag* of its slip, and the *frame* itself as digits."""

    number: int
    parts: int
    tag: str
    data: bytes
    frame: str


def written(data: bytes, least: int = 1) -> list[str]:
    """Return *data* as frames, as few as a screen of 720 pixels allows but *least*; ValueError beyond nine."""
    share = -(-len(data) // max(least, -(-len(data) // MOST_BYTES)))
    share = -(-share // GROUP) * GROUP
    shares = [data[at : at + share] for at in range(0, len(data), share)]
    if len(shares) > MOST_PARTS:
        raise ValueError("a slip has nine parts at most")
    tag = _sum(data)
    heads = (f"{MARK}{VERSION}{number}{len(shares)}{tag}" for number in range(1, len(shares) + 1))
    return [_framed(head + _digits(one)) for head, one in zip(heads, shares, strict=True)]


def is_ours(typed: str) -> bool:
    """Say whether *typed* begins like a frame and is longer than anything else that is typed."""
    return len(typed) > HEAD + SUM and plain(typed).startswith(MARK)


def parts(typed: str) -> list[Part]:
    """Return the frames in *typed*, one after another with white space anywhere or none; raise Unreadable."""
    digits = plain(typed)
    if not digits.startswith(MARK):
        raise Unreadable("slip.foreign")
    if len(digits) > MOST_DIGITS:
        raise Unreadable("slip.damaged")
    return list(_parts(digits))


def together(read: Sequence[Part], new: Part) -> list[Part]:
    """Return *read* with *new*; raise Unreadable when it is there already or belongs to another slip."""
    if any((one.tag, one.parts) != (new.tag, new.parts) for one in read):
        raise Unreadable("slip.another")
    if any(one.number == new.number for one in read):
        raise Unreadable("slip.doubled")
    return sorted([*read, new], key=lambda one: one.number)


def joined(read: Sequence[Part]) -> bytes | None:
    """Return the slip once all its parts are there, None before; raise Unreadable when they do not make one."""
    if not read or len(read) < read[0].parts:
        return None
    data = b"".join(one.data for one in read)
    if _sum(data) != read[0].tag:
        raise Unreadable("slip.damaged")
    return data


def plain(typed: str) -> str:
    """Return what a gun typed without white space and its own ``]Q1``; digits of any script are digits."""
    tight = "".join(typed.split())
    if tight.startswith("]"):
        tight = tight[3:]
    return "".join(str(unicodedata.decimal(character, character)) for character in tight)


def _parts(digits: str) -> Iterator[Part]:
    while digits:
        frame = next(filter(_holds, _ends(digits)), digits)
        yield _part(frame)
        digits = digits[len(frame) :]


def _ends(digits: str) -> Iterator[str]:
    end = digits.find(MARK, 1)
    while end > 0:
        yield digits[:end]
        end = digits.find(MARK, end + 1)


def _part(frame: str) -> Part:
    numbers = frame[len(MARK) : HEAD]
    if not (frame.isascii() and frame.isdigit() and len(frame) > HEAD + SUM):
        raise Unreadable("slip.damaged")
    version, number, count = map(int, numbers[:3])
    if version != VERSION:
        raise Unreadable("slip.newer" if version > VERSION else "slip.older")
    if not _holds(frame) or not 1 <= number <= count:
        raise Unreadable("slip.damaged")
    return Part(number, count, numbers[3:], _bytes(frame[HEAD:-SUM]), frame)


def _holds(frame: str) -> bool:
    return frame[-SUM:] == _sum(frame[:-SUM].encode())


def _framed(digits: str) -> str:
    return digits + _sum(digits.encode())


def _sum(data: bytes) -> str:
    return f"{zlib.crc32(data):0{SUM}d}"


def _digits(data: bytes) -> str:
    groups = (data[at : at + GROUP] for at in range(0, len(data), GROUP))
    return "".join(f"{int.from_bytes(group, 'big'):0{WIDTHS[len(group)]}d}" for group in groups)


def _bytes(digits: str) -> bytes:
    width = WIDTHS[GROUP]
    groups = (digits[at : at + width] for at in range(0, len(digits), width))
    try:
        return b"".join(int(group).to_bytes(WIDTHS.index(len(group)), "big") for group in groups)
    except (ValueError, OverflowError):
        raise Unreadable("slip.damaged") from None
