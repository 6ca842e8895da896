"""The reference pictures of the family's papers: how they are drawn and how near to them is near enough."""

from pathlib import Path

from PIL import Image, ImageChops

from printing.bilingual import ORDERS
from tests.papers import family, pages, printed

FOLDER = Path(__file__).parent / "reference"
DPI = 50
TILE = 8
TOLERANCE = 3


def picture(pdf: bytes) -> Image.Image:
    """Return the pages of *pdf* side by side, in 16 greys."""
    sheets = pages(pdf, DPI)
    whole = Image.new("L", (sum(sheet.width for sheet in sheets), max(sheet.height for sheet in sheets)), 255)
    left = 0
    for sheet in sheets:
        whole.paste(sheet, (left, 0))
        left += sheet.width
    return whole.point(lambda grey: grey // 17 * 17)


def reference(name: str, order: str) -> Image.Image:
    """Return how paper *name* looked when it was looked at."""
    return Image.open(_file(name, order)).convert("L")


def difference(one: Image.Image, other: Image.Image) -> int:
    """Return how much the worst tile (8 × 8 dots, 4 mm) differs on average, of 255; another size is all different."""
    if one.size != other.size:
        return 255
    return max(ImageChops.difference(one, other).reduce(TILE).tobytes())


def draw() -> None:
    """Draw the references that are no longer near again: only after a change that was meant, and look at them."""
    for name in family():
        for order in ORDERS:
            now = picture(printed(name, order))
            if not _file(name, order).exists() or difference(now, reference(name, order)) > 0:
                now.quantize(16).save(_file(name, order), optimize=True)
                print(_file(name, order))


def _file(name: str, order: str) -> Path:
    return FOLDER / f"{name}-{order}.png"


if __name__ == "__main__":
    draw()
