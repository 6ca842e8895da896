"""The composing stick (手盘): templates put their values in here, and go on with a place that waits for them."""

import struct
import zlib
from base64 import b64encode
from typing import NamedTuple

from markupsafe import Markup, escape

from printing import qr
from printing.press.plate import Plate
from printing.press.setting import Fitted, fit

# 〓, the mark of a missing letter, encloses the number of a value and of its line.
GETA = "〓"


class Value(NamedTuple):
    """One value: its marked-up text, and how many lines it may take at most."""

    markup: str
    most: int


class Square(NamedTuple):
    """One square code: what it says, and how much of it may be unreadable (l, m, q, h)."""

    content: str
    error: str


class Stick:
    """What one sheet's template has put. ``lines`` are the lines that values have been found to need."""

    def __init__(self, lines: dict[int, int] | None = None) -> None:
        self.lines = lines or {}
        self.values: list[Value] = []
        self.squares: list[Square] = []

    def put(self, value: object, style: str = "", lines: int = 1, most: int = 1) -> Markup:
        """Keep *value* and return its place, *lines* high at least and *most* at most."""
        number = len(self.values)
        self.values.append(Value(str(escape(value)), max(lines, most)))
        high = max(lines, self.lines.get(number, 1))
        marks = "<br>".join(f"{GETA}{number}.{line}{GETA}" for line in range(high))
        # Nothing that anybody typed: the style is the template's, all else numbers.
        return Markup(f'<span class="{f"put {style}".rstrip()}" data-put="{number}">{marks}</span>')  # noqa: S704

    def square(self, content: str, name: str, error: str = "m", alt: str = "") -> Markup:
        """Keep square code *content* and return an image of the class *name* that it will stand in for."""
        self.squares.append(Square(content, error))
        return Markup('<img class="{}" src="{}" alt="{}">').format(name, stand_in(len(self.squares)), alt)

    def fitted(self, plate: Plate) -> list[list[Fitted]]:
        """Return each value as it fits each of its places on *plate*."""
        fitted: list[list[Fitted]] = [[] for _ in self.values]
        for place in plate.places:
            value = self.values[place.put]
            fitted[place.put].append(fit(value.markup, place, value.most))
        return fitted


class Galley:
    """The other way: what a template puts stands where it is put, for whoever reads the HTML itself."""

    def put(self, value: object, style: str = "", lines: int = 1, most: int = 1) -> Markup:
        """Return *value* in its place."""
        return Markup('<span class="{}">{}</span>').format(f"put {style}".rstrip(), value)

    def square(self, content: str, name: str, error: str = "m", alt: str = "") -> Markup:
        """Return the square code of *content* as an image of the class *name*."""
        return Markup('<img class="{}" src="{}" alt="{}">').format(name, qr.image(content, error), alt)


def needed(fitted: list[list[Fitted]], plate: Plate) -> dict[int, int]:
    """Return the values that need more lines than *plate* has for them, and how many."""
    counts = {put: max((len(one.lines) for one in ones), default=0) for put, ones in enumerate(fitted)}
    room: dict[int, int] = {}
    for place in plate.places:
        room[place.put] = max(room.get(place.put, 0), *(line + 1 for line in place.baselines))
    return {put: count for put, count in counts.items() if count > room.get(put, count)}


def stand_in(width: int) -> str:
    """Return a picture of *width* × 1 black dots as a data URI: by its width the press knows which code it is."""
    rows = zlib.compress(bytes(1 + (width + 7) // 8))
    head = struct.pack(">IIBBBBB", width, 1, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return "data:image/png;base64," + b64encode(png).decode("ascii")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
