"""The dots of a composed page: how many belong both to a value and to what is printed, or to two values' lines."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from printing.press import document
from printing.press.document import Document
from printing.press.setting import written
from printing.render import Composed
from tests.ink import plate_alone

DPI = 192
DARK, FULL = 100, 255
ALL, EVEN, ODD = (0, 1), (0,), (1,)


def shared(composed: Composed) -> int:
    """Return how many dots are black twice."""
    plate = [_mask(page.point(lambda grey: FULL - grey)) for page in plate_alone(composed)]
    even, odd = (_in_red(composed, some) for some in (EVEN, ODD))
    return sum(
        _count(ImageChops.darker(one, other)) + _count(ImageChops.darker(ImageChops.lighter(one, other), under))
        for one, other, under in zip(even, odd, plate, strict=True)
    )


def _in_red(composed: Composed, some: tuple[int, ...]) -> list[Image.Image]:
    """Return where the ink of every second line is, for each page."""
    count = iter(range(1_000_000))

    def in_red(*given: object) -> bytes:
        operators = written(*given)  # type: ignore[arg-type]
        if not operators or next(count) % 2 not in some:
            return b""
        return b"1 0 0 rg\n" + operators + b"\n0 0 0 rg"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "written", in_red)
        paper = Document("", "zh-CN")
        paper.add(composed.plate, composed.values, composed.squares)
    return [_red(page) for page in _pages(paper.file())]


def _pages(pdf: bytes) -> list[Image.Image]:
    opened = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in opened]
    finally:
        opened.close()


def _red(page: Image.Image) -> Image.Image:
    red, green, _ = page.split()
    return _mask(ImageChops.subtract(red, green))


def _mask(page: Image.Image) -> Image.Image:
    return page.point(lambda grey: FULL if grey > FULL - DARK else 0)


def _count(mask: Image.Image) -> int:
    return mask.histogram()[FULL]
