"""What papers look like: Tibetan that is whole, pages like those that were looked at."""

from itertools import pairwise
from typing import Any

import pytest
from PIL import Image

from printing.bilingual import ORDERS
from printing.render import render
from tests import looks, pressed
from tests.papers import DENSE, PLAIN, family, form, pages, printed
from tests.sample import changed

DPI = 300
LETTER_GAP = 2
# Below the first label, and right of it, in dots.
EDGES = tuple(round(edge / 25.4 * DPI) for edge in (18, 60, 148))
RULE = 200
VALUE_POINTS, PRESSED_POINTS = 9.8, 9


def bands(image: Image.Image) -> list[Any]:
    """Return [top, bottom, whether it is a rule all across] of each band of ink; parts of a letter are one band."""
    found: list[Any] = []
    for row in range(image.height):
        extrema: Any = image.crop((0, row, image.width, row + 1)).getextrema()
        darkest, lightest = extrema
        rule = lightest < RULE
        if darkest < 128 and found and row - found[-1][1] <= (0 if rule or found[-1][2] else LETTER_GAP):
            found[-1][1] = row + 1
        elif darkest < 128:
            found.append([row, row + 1, rule])
    return found


def first_row(record, lines):
    """Return the heights of the last *lines* lines in the first row of the form, and the spaces below each, in dots."""
    page = pages(render(form(record)), DPI)[0]
    rules = [top for top, _, rule in bands(page.crop((EDGES[0], 0, EDGES[1], page.height))) if rule]
    row = bands(page.crop((EDGES[1], rules[0], EDGES[2], rules[1] + 1)))[-lines - 1 :]
    return [below - above for above, below, _ in row[:-1]], [below[0] - above[1] for above, below in pairwise(row)]


@pytest.mark.parametrize(("times", "lines"), [(3, 1), (7, 2)])
def test_tibetan_is_whole_and_touches_neither_border_nor_line(times, lines):
    *_, (top, bottom, _) = bands(pages(pressed.one(pressed.tibetan(DENSE)), DPI)[0])
    free = (bottom - top) * VALUE_POINTS / PRESSED_POINTS
    heights, gaps = first_row(changed(PLAIN, policyholder__name=DENSE * times, policyholder__name_bo=""), lines)
    assert heights == pytest.approx([free] * lines, abs=2)
    assert min(gaps) >= 2


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("name", family())
def test_it_looks_as_it_did_when_it_was_looked_at(name, order):
    differs = looks.difference(looks.picture(printed(name, order)), looks.reference(name, order))
    assert differs <= looks.TOLERANCE, "python -m tests.looks draws it again"


def test_there_is_a_picture_of_every_paper_in_every_language_and_no_other():
    drawn = {path.stem for path in looks.FOLDER.glob("*")}
    assert drawn == {f"{name}-{order}" for name in family() for order in ORDERS}


@pytest.mark.parametrize(
    "other",
    [
        {"policyholder__main_business": "收购羊毛"},
        {"policyholder__name": PLAIN.policyholder.name.replace("吉", "古")},
        {"policyholder__name_bo": PLAIN.policyholder.name_bo.replace("ི", "", 1)},
        {"policyholder__mobile": PLAIN.policyholder.mobile[:-1] + "2"},
    ],
    ids=["word", "letter", "vowel", "digit"],
)
def test_one_other_letter_would_be_seen(other):
    now = looks.picture(render(form(changed(PLAIN, **other))))
    assert looks.difference(now, looks.reference("application", "zh_first")) > looks.TOLERANCE
