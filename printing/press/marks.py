"""Marks (〓): how a value's place is found again in what WeasyPrint wrote, and where on the page it is."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from printing.press.composing import GETA
from printing.press.faces import face
from printing.press.plate import Place

SHOWN = re.compile(rb"\[<([0-9a-f]+)>\] TJ")
MARK = re.compile(f"{GETA}([0-9]+)\\.([0-9]+){GETA}")
DIGITS = 4
BOLD = 600


class Mark(NamedTuple):
    """Line *line* of value *put*, written at *baseline*."""

    put: int
    line: int
    baseline: float


def mark(operator: bytes, baseline: float) -> Mark | None:
    """Return the mark that *operator* writes at *baseline*, or None where it writes anything else."""
    shown = SHOWN.fullmatch(operator)
    if not shown:
        return None
    glyphs = [int(shown[1][at : at + DIGITS], 16) for at in range(0, len(shown[1]), DIGITS)]
    found = MARK.fullmatch("".join(_letters().get(glyph, " ") for glyph in glyphs))
    return Mark(int(found[1]), int(found[2]), baseline) if found else None


@cache
def _letters() -> dict[int, str]:
    """Return the letters of marks by their glyphs; both weights of the Han face have the same."""
    font = face(tibetan=False, bold=False).font
    return {font.get_nominal_glyph(ord(letter)): letter for letter in f"{GETA}.0123456789"}


def places(boxes: Any, page: int, marks: Sequence[Mark]) -> Iterator[Place]:
    """Yield the place of each value on *page*: the outermost of *boxes* that was made for it."""
    seen = set()
    for box in boxes:
        put = box.element.get("data-put") if box.element is not None else None
        if put is None or put in seen or not hasattr(box, "width"):
            continue
        seen.add(put)
        baselines = {one.line: one.baseline for one in marks if one.put == int(put)}
        if baselines:
            yield _place(box, int(put), page, baselines)


def _place(box: Any, put: int, page: int, baselines: dict[int, float]) -> Place:
    return Place(
        put=put,
        page=page,
        left=box.content_box_x(),
        width=box.width,
        size=float(box.style["font_size"]),
        bold=int(box.style["font_weight"]) >= BOLD,
        align=box.style["text_align_all"],
        baselines=baselines,
    )
