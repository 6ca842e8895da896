"""The texts of one record: empty, one said before, a number or code in its own digits, or characters packed by deflate.

The first two bits of a text say which. Characters stand in UTF-16BE, in which Han and Tibetan letters are two bytes,
texts apart by U+0000, behind a vocabulary that is never written.
"""

import re
import zlib
from collections.abc import Sequence

from imprint.bits import Reader, Writer
from imprint.errors import damaged

EMPTY, SEEN, PACKED, PLAIN = range(4)
ALPHABETS = ("0123456789", "0123456789abcdef", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")
UUID, UUID_BITS = len(ALPHABETS), 128
UUID_SHAPE = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CUTS = (8, 12, 16, 20)
APART, RAW_DEFLATE = "\0", -15
LENGTH, LONGEST = 3, 127
MOST_CHARACTERS = 1 << 19


class TextWriter:
    """Writes texts into *bits*, and keeps the plain ones for ``deflated``."""

    def __init__(self, bits: Writer) -> None:
        self._bits = bits
        self._seen: list[str] = []
        self._plain: list[str] = []

    def put(self, text: str) -> None:
        """Write *text*; raise ValueError for one that has no place here."""
        if not text or text in self._seen:
            self._bits.put(SEEN if text else EMPTY, 2)
            if text:
                self._bits.put(self._seen.index(text), width(self._seen))
            return
        self._seen.append(text)
        alphabet = _alphabet(text)
        if alphabet is None:
            self._put_plain(text)
        else:
            self._put_packed(text, alphabet)

    def deflated(self, vocabulary: bytes) -> bytes:
        """Return the plain texts as raw deflate."""
        packer = zlib.compressobj(9, zlib.DEFLATED, RAW_DEFLATE, 9, zdict=vocabulary)
        return packer.compress(APART.join(self._plain).encode("utf-16-be")) + packer.flush()

    def _put_plain(self, text: str) -> None:
        if APART in text:
            raise ValueError(text)
        self._bits.put(PLAIN, 2)
        self._plain.append(text)

    def _put_packed(self, text: str, alphabet: int) -> None:
        self._bits.put(PACKED, 2)
        self._bits.put(alphabet, 2)
        if alphabet == UUID:
            self._bits.put(int(text.replace("-", ""), 16), UUID_BITS)
            return
        number = 0
        for letter in text:
            number = number * len(ALPHABETS[alphabet]) + ALPHABETS[alphabet].index(letter)
        self._bits.put_sized(len(text), LENGTH)
        self._bits.put(number, _digits(alphabet, len(text)))


class TextReader:
    """Gives the texts back. *bits* begin behind the deflated ones, so these are given first."""

    def __init__(self, bits: Reader, plain: list[str]) -> None:
        self._bits = bits
        self._seen: list[str] = []
        self._plain = plain[::-1]
        self._left = MOST_CHARACTERS

    def take(self) -> str:
        """Return the next text; raise Unreadable for what nobody wrote."""
        kind = self._bits.take(2)
        if kind == EMPTY:
            return ""
        text = self._known() if kind == SEEN else self._new(kind)
        self._left -= len(text)
        if self._left < 0:
            raise damaged()
        return text

    def end(self) -> None:
        """Raise Unreadable when a text is left over."""
        if self._plain:
            raise damaged()

    def _known(self) -> str:
        at = self._bits.take(width(self._seen)) if self._seen else 0
        if at >= len(self._seen):
            raise damaged()
        return self._seen[at]

    def _new(self, kind: int) -> str:
        if kind == PLAIN and not self._plain:
            raise damaged()
        self._seen.append(self._plain.pop() if kind == PLAIN else self._packed())
        return self._seen[-1]

    def _packed(self) -> str:
        alphabet = self._bits.take(2)
        if alphabet == UUID:
            digits = f"{self._bits.take(UUID_BITS):032x}"
            return "-".join(digits[start:end] for start, end in zip((0, *CUTS), (*CUTS, None), strict=True))
        letters, length = ALPHABETS[alphabet], self._bits.take_sized(LENGTH)
        number, text = self._bits.take(_digits(alphabet, length)), ""
        for _ in range(length):
            number, at = divmod(number, len(letters))
            text = letters[at] + text
        if number or not text:
            raise damaged()
        return text


def inflated(data: bytes, vocabulary: bytes) -> tuple[list[str], bytes]:
    """Return the plain texts at the beginning of *data*, and what stands behind them; raise Unreadable."""
    unpacker = zlib.decompressobj(RAW_DEFLATE, zdict=vocabulary)
    try:
        joined = unpacker.decompress(data, 2 * MOST_CHARACTERS).decode("utf-16-be")
    except (zlib.error, UnicodeDecodeError):
        raise damaged() from None
    if not unpacker.eof:
        raise damaged()
    return joined.split(APART) if joined else [], unpacker.unused_data


def width(choices: Sequence[object]) -> int:
    """Return how many bits say which of *choices* is meant."""
    return (len(choices) - 1).bit_length()


def _alphabet(text: str) -> int | None:
    if UUID_SHAPE.fullmatch(text):
        return UUID
    letters = set(text)
    fitting = (place for place, alphabet in enumerate(ALPHABETS) if letters <= set(alphabet))
    return next(fitting, None) if len(text) <= LONGEST else None


def _digits(alphabet: int, length: int) -> int:
    most: int = len(ALPHABETS[alphabet]) ** length - 1
    return most.bit_length()
