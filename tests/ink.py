"""Where the ink of a composed paper's values lies, from its glyphs' own outlines, and all that may be wrong with it.

Lengths are CSS pixels from the left and top of a page, as in a plate.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from typing import Any

from PIL.Image import Image

from printing.press.document import Document
from printing.press.faces import PER_MILLE, Face
from printing.press.lines import Line
from printing.press.plate import Place
from printing.press.setting import ROOM, Fitted
from printing.render import Composed
from tests.papers import pages

DPI = 192
DOTS = DPI / 96
DARK = 128
UNPRINTABLE = 3 / 25.4 * 96
POINTS = 0.75
OVERHANG = 0.3
NOTDEF = 0


@dataclass(frozen=True)
class Ink:
    """The box of what is black of *text* on *page*, which stands in line *line* of place *place*."""

    text: str
    page: int
    place: int
    line: int
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Ink") -> bool:
        """Say whether both have a piece of paper in common."""
        across = self.left < other.right and other.left < self.right
        return self.page == other.page and across and self.top < other.bottom and other.top < self.bottom


Complaints = Iterator[str]


def complaints(composed: Composed) -> list[str]:
    """Return everything that is wrong with *composed*: a sentence each, empty for a paper as it should be."""
    return list(chain.from_iterable(check(composed) for check in CHECKS))


def standing(composed: Composed) -> Iterator[tuple[int, Place, Fitted]]:
    """Yield each place of the plate by its number, and what stands there."""
    waiting = [iter(fitted) for fitted in composed.values]
    for number, place in enumerate(composed.plate.places):
        yield number, place, next(waiting[place.put])


def lines(composed: Composed) -> Iterator[tuple[int, Place, Fitted, int, Line]]:
    """Yield each line that is written, with its place and its number there."""
    for number, place, fitted in standing(composed):
        for at, line in enumerate(fitted.lines):
            if at in place.baselines:
                yield number, place, fitted, at, line


def too_wide(composed: Composed) -> Complaints:
    """Complain of lines that are wider than their place."""
    for _, place, fitted, _, line in lines(composed):
        width = line.width * fitted.size / PER_MILLE
        if width > place.width + 2 * ROOM:
            yield f"{said(line)!r} is {width:.1f} wide, its place {place.width:.1f}"


def unwritten(composed: Composed) -> Complaints:
    """Complain of lines for which the plate has no baseline: they would be nowhere."""
    for _, place, fitted in standing(composed):
        yield from (f"no room for {said(line)!r}" for line in fitted.lines[len(place.baselines) :])


def undrawn(composed: Composed) -> Complaints:
    """Complain of letters that no face draws."""
    for *_, line in lines(composed):
        for cluster in line.clusters:
            if any(glyph.number == NOTDEF for glyph in cluster.glyphs):
                yield f"{cluster.text!r} has no glyph"


def off_the_sheet(composed: Composed) -> Complaints:
    """Complain of ink where no printer prints."""
    for ink in chain.from_iterable(by_line(composed).values()):
        right, bottom = (length / POINTS - UNPRINTABLE for length in composed.plate.pages[ink.page].box)
        if min(ink.left, ink.top) < UNPRINTABLE or ink.right > right or ink.bottom > bottom:
            yield f"{ink.text!r} leaves the sheet"


def over_each_other(composed: Composed) -> Complaints:
    """Complain of ink of one line that lies on another line's."""
    hulls = [(hull(inks), inks) for inks in by_line(composed).values() if inks]
    for (one, of_one), (other, of_other) in combinations(hulls, 2):
        if one.meets(other):
            pairs = ((a, b) for a in of_one for b in of_other if a.meets(b))
            yield from (f"{a.text!r} of {one.text!r} lies on {b.text!r} of {other.text!r}" for a, b in pairs)


def on_the_plate(composed: Composed) -> Complaints:
    """Complain of ink that lies on a rule, a label, a code or the edge of a box."""
    drawn = plate_alone(composed)
    for inks in by_line(composed).values():
        if inks and dark(drawn, hull(inks)):
            yield from (f"{ink.text!r} lies on what is printed" for ink in inks if dark(drawn, ink))


CHECKS: tuple[Callable[[Composed], Complaints], ...] = (
    too_wide, unwritten, undrawn, off_the_sheet, over_each_other, on_the_plate,
)  # fmt: skip


def by_line(composed: Composed) -> dict[tuple[int, int], list[Ink]]:
    """Return the ink of each line, letter by letter."""
    return {
        (number, at): list(_ink(number, place, fitted.size, at, line))
        for number, place, fitted, at, line in lines(composed)
    }


def _ink(number: int, place: Place, size: float, at: int, line: Line) -> Iterator[Ink]:
    free = place.width - line.width * size / PER_MILLE
    x = place.left + (free if place.align in ("right", "end") else free / 2 if place.align == "center" else 0)
    y = place.baselines[at]
    for cluster in line.clusters:
        scale = size * cluster.scale / PER_MILLE
        pen = x
        boxes = []
        for glyph in cluster.glyphs:
            left, top, right, bottom = extents(cluster.face, glyph.number)
            if right > left:
                across, up = pen + glyph.across * scale, y - glyph.up * scale
                boxes.append((across + left * scale, up - top * scale, across + right * scale, up - bottom * scale))
            pen += glyph.advance * scale
        if boxes:
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            yield Ink(cluster.text, place.page, number, at, min(lefts), min(tops), max(rights), max(bottoms))
        x += cluster.width * size / PER_MILLE


@cache
def extents(face: Face, glyph: int) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is black of *glyph*, in thousandths of its size, y upwards."""
    box = face.font.get_glyph_extents(glyph)
    right, bottom = box.x_bearing + box.width, box.y_bearing + box.height
    scale = face.scale
    return box.x_bearing * scale, box.y_bearing * scale, right * scale, bottom * scale


def hull(inks: Sequence[Ink]) -> Ink:
    """Return the box around *inks*, which are of one line."""
    first = inks[0]
    text = "".join(ink.text for ink in inks)
    left, top = min(ink.left for ink in inks), min(ink.top for ink in inks)
    right, bottom = max(ink.right for ink in inks), max(ink.bottom for ink in inks)
    return Ink(text, first.page, first.place, first.line, left, top, right, bottom)


_last: list[tuple[object, list[Image]]] = []


def plate_alone(composed: Composed) -> list[Image]:
    """Return the pages of *composed* without its values; the last plate's are kept."""
    if not _last or _last[0][0] is not composed.plate:
        nothing = [[Fitted([], one.size) for one in value] for value in composed.values]
        document = Document("", "zh-CN")
        document.add(composed.plate, nothing, composed.squares)
        _last[:] = [(composed.plate, pages(document.file(), DPI))]
    return _last[0][1]


def dark(drawn: Sequence[Image], ink: Ink) -> bool:
    """Say whether something is black where *ink* lies."""
    edges = (ink.left + OVERHANG, ink.top + OVERHANG, ink.right - OVERHANG, ink.bottom - OVERHANG)
    left, top, right, bottom = (round(edge * DOTS) for edge in edges)
    if right <= left or bottom <= top:
        return False
    found: Any = drawn[ink.page].crop((left, top, right, bottom)).getextrema()
    return bool(found[0] < DARK)


def said(line: Line) -> str:
    """Return the text of *line*."""
    return "".join(cluster.text for cluster in line.clusters)
