"""Every label and sentence keeps to its cell and to the sheet: found by measuring what WeasyPrint laid out."""

from collections.abc import Iterator
from typing import Any

import pytest

from printing.paper import sheet
from printing.press.composing import Stick
from printing.press.layout import lay_out
from tests.papers import family

FAMILY = family()
LOOKS = [(name, look) for name, paper in FAMILY.items() for look in range(len(paper.looks))]
ROOM = 0.5  # px
SMALLEST, SMALLEST_TIBETAN = 10.0, 12.0  # px: 7.5 pt Han, 9 pt Tibetan


def texts(box: Any) -> Iterator[Any]:
    """Yield the texts in *box*, but none that waits for a value."""
    if box.element is not None and "data-put" in box.element.attrib:
        return
    if type(box).__name__ == "TextBox":
        yield box
    for child in getattr(box, "children", ()):
        yield from texts(child)


def laid_out(name: str, look: int, order: str) -> list[Any]:
    paper = FAMILY[name]
    return [page._page_box for page in lay_out(sheet(paper, order, paper.looks[look], Stick())).pages]


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
@pytest.mark.parametrize(("name", "look"), LOOKS)
def test_nothing_leaves_its_cell_or_the_sheet_and_nothing_is_too_small_to_read(name, look, order):
    for page in laid_out(name, look, order):
        edge = page.content_box_x() + page.width
        cells = [box for box in page.descendants(placeholders=True) if type(box).__name__ == "TableCellBox"]
        for cell in cells:
            right, bottom = cell.border_box_x() + cell.border_width(), cell.border_box_y() + cell.border_height()
            assert [text.text for text in texts(cell) if text.position_x + text.width > right + ROOM] == []
            assert [text.text for text in texts(cell) if text.position_y + text.baseline > bottom] == []
        for text in texts(page):
            assert text.position_x + text.width <= edge + ROOM, text.text
            tibetan = text.style["lang"] == "bo"
            assert text.style["font_size"] >= (SMALLEST_TIBETAN if tibetan else SMALLEST) - 0.01, text.text


def of_class(name: str, box: Any) -> list[Any]:
    """Return the boxes in *box* that were made for elements of class *name*."""
    within = box.descendants(placeholders=True)
    return [one for one in within if one.element is not None and one.element.get("class") == name]


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
@pytest.mark.parametrize(("name", "look"), LOOKS)
def test_the_labels_of_a_row_are_equally_high_so_that_its_values_stand_beside_each_other(name, look, order):
    for page in laid_out(name, look, order):
        rows = [box for box in page.descendants(placeholders=True) if type(box).__name__ == "TableRowBox"]
        for row in rows:
            labels = [box for box in of_class("label", row) if type(box).__name__ == "BlockBox"]
            assert len({round(label.height, 1) for label in labels}) <= 1
