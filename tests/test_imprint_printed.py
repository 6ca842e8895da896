"""The codes on the printed form itself, after a day at the counter: enough of them are read for the whole record."""

from functools import cache
from random import Random

import pypdfium2
import pytest
import zxingcpp
from PIL.Image import Image

import imprint
from imprint import digits
from imprint.content import content_of
from pictures import codes
from printing.qr import matrix
from tests import eyes, stains
from tests.formed import alike, leaves, printed
from tests.imprints import entry, file

ON_FORM, _, ON_SHEET = map(entry, alike(3))
NARROWEST = 0.33  # millimetres a module


@cache
def leaf(dpi: int, order: str = "bo_first") -> Image:
    """Return the second page of the form."""
    return next(leaves([ON_FORM], dpi, order))


def by_the_counter(page: Image) -> set[str]:
    """Read a page as the counter does."""
    return set(codes.texts(file(page), twice=True))


def strip(page: Image) -> tuple[int, int, int, int]:
    """Return where the codes stand on *page*, with a little around them."""
    corners = [code.position for code in zxingcpp.read_barcodes(page)]
    xs = [point.x for one in corners for point in (one.top_left, one.bottom_right)]
    ys = [point.y for one in corners for point in (one.top_left, one.bottom_right)]
    return min(xs) - 30, min(ys) - 30, max(xs) + 30, max(ys) + 30


def record(texts: set[str]) -> imprint.Content | None:
    return imprint.read([part for text in texts if digits.is_ours(text) for part in digits.parts(text)])


# A copier that knows no grey, after a blur of two fifths of a module and under coffee, is too much for these codes.
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("state", [eyes.straight, eyes.tilted, eyes.blurred, eyes.stained])
def test_the_counter_reads_the_record_from_a_page_that_has_seen_a_day(dpi, state):
    assert record(by_the_counter(state(leaf(dpi)))) == content_of(ON_FORM)


@pytest.mark.parametrize(("dpi", "blur"), [(150, 0.7), (200, 1.0), (300, 1.3)])
def test_another_program_reads_it_from_a_scan_that_lay_askew(dpi, blur):
    assert record(eyes.by_zbar(stains.scanned(leaf(dpi), 3, blur))) == content_of(ON_FORM)


@pytest.mark.parametrize("shape", stains.SHAPES)
def test_grounds_over_a_tenth_of_the_codes_lose_nothing(shape):
    codes_alone = leaf(300).crop(strip(leaf(300)))
    dirty = stains.stained(codes_alone, stains.SHAPES[shape], Random(shape), opaque=True)
    assert record(by_the_counter(stains.scanned(dirty, 3))) == content_of(ON_FORM)


@pytest.mark.parametrize("order", ["zh_first", "bo_first"])
def test_every_code_stands_on_the_form(order):
    assert set(imprint.written(ON_FORM)) <= by_the_counter(leaf(150, order))


def test_more_codes_stand_on_the_sheet_that_comes_with_the_form():
    assert len(pypdfium2.PdfDocument(printed([ON_SHEET]))) == 3
    assert set(imprint.written(ON_SHEET)) <= by_the_counter(next(leaves([ON_SHEET], 150)))


def test_a_module_is_wide_enough_for_any_scanner():
    largest = max(len(matrix(code, "q")) for one in (ON_FORM, ON_SHEET) for code in imprint.written(one))
    assert 40 / largest >= NARROWEST
