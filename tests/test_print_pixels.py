"""What the paper looks like: codes that scanners read, Tibetan that is whole, pages like those that were looked at."""

from itertools import pairwise
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from printing import qr
from printing.paper import render
from printing.press import press
from tests import looks
from tests.papers import DENSE, MARK, PLAIN, REFERENCE, form, pages
from tests.sample import changed

DPI = 300
LETTER_GAP = 3
VALUE = tuple(round(edge / 25.4 * DPI) for edge in (64, 190))
FREE = '<html lang="zh-CN"><body><p lang="bo" style="line-height: 6">{}</p></body></html>'


def bands(image: Image.Image) -> list[Any]:
    """Return [top, bottom, whether it is a rule all across] of each band of ink; parts of a letter are one band."""
    found: list[Any] = []
    for row in range(image.height):
        extrema: Any = image.crop((0, row, image.width, row + 1)).getextrema()
        darkest, lightest = extrema
        rule = lightest < 128
        if darkest < 128 and found and row - found[-1][1] <= (0 if rule or found[-1][2] else LETTER_GAP):
            found[-1][1] = row + 1
        elif darkest < 128:
            found.append([row, row + 1, rule])
    return found


def first_row(record):
    """Return the heights of the lines in the first row of the form, and the spaces around them, in dots."""
    page = pages(render(form(record)), DPI)[0]
    found = bands(page.crop((VALUE[0], 0, VALUE[1], page.height)))
    top, bottom = [at for at, (_, _, rule) in enumerate(found) if rule][2:4]
    spaces = [below[0] - above[1] for above, below in pairwise(found[top : bottom + 1])]
    return [bottom - top for top, bottom, _ in found[top + 1 : bottom]], spaces


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("order", looks.ORDERS)
def test_a_scanner_reads_the_code(order, dpi):
    page, *_ = pages(render(form(), order), dpi)
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [qr.content(REFERENCE, MARK.digest)]


def test_a_scanner_reads_the_code_after_a_bad_photocopier():
    page, *_ = pages(render(form()), 150)
    copied = page.rotate(1.5, expand=True, fillcolor=255).point(lambda grey: 0 if grey < 100 else 235)
    assert [code.text for code in zxingcpp.read_barcodes(copied)] == [qr.content(REFERENCE, MARK.digest)]


def test_the_code_says_which_record_and_what_its_digest_is():
    assert qr.content("JL-26-4F7K-9QTM-3", bytes(32)) == "TSHEG:1:JL-26-4F7K-9QTM-3:" + "0" * 64
    assert qr.content(REFERENCE, MARK.digest).split(":")[3].startswith(qr.short(MARK.digest).replace(" ", ""))


@pytest.mark.parametrize("times", [1, 6])
def test_tibetan_is_whole_and_touches_neither_border_nor_line(times):
    [free] = [bottom - top for top, bottom, _ in bands(pages(press([FREE.format(DENSE)], 1), DPI)[0])]
    heights, gaps = first_row(changed(PLAIN, policyholder__name=DENSE * times, policyholder__name_bo=""))
    assert len(heights) == (1 if times == 1 else 2)
    assert heights == pytest.approx([free] * len(heights), abs=2)
    assert min(gaps) >= 2


@pytest.mark.parametrize("order", looks.ORDERS)
def test_it_looks_as_it_did_when_it_was_looked_at(order):
    reference = Image.open(looks.FOLDER / f"application-{order}.png").convert("L")
    assert looks.difference(looks.picture(order), reference) <= looks.TOLERANCE, "python -m tests.looks draws it again"


def test_one_other_word_would_be_seen():
    other = changed(PLAIN, policyholder__main_business="收购羊毛")
    assert looks.difference(looks.picture("zh_first", other), looks.picture("zh_first")) > looks.TOLERANCE
