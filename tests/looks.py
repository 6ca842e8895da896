"""The reference pictures of the form and the poster: how they are drawn and how near to them is near enough."""

from pathlib import Path

from PIL import Image, ImageChops

from printing import poster
from printing.paper import render
from tests.papers import PLAIN, POSTER, form, pages

FOLDER = Path(__file__).parent / "reference"
ORDERS = ("zh_first", "bo_first")
DPI = 50
TILE = 8
TOLERANCE = 24


def picture(order: str, record=PLAIN) -> Image.Image:
    """Return both pages of the form side by side, in 16 greys."""
    sheets = pages(render(form(record), order), DPI)
    return _beside(sheets)


def picture_of_poster(order: str) -> Image.Image:
    """Return the poster, in 16 greys."""
    return _beside(pages(poster.render(POSTER, order), DPI))


def _beside(sheets: list[Image.Image]) -> Image.Image:
    whole = Image.new("L", (sum(sheet.width for sheet in sheets), sheets[0].height), 255)
    for number, sheet in enumerate(sheets):
        whole.paste(sheet, (number * sheet.width, 0))
    return whole.point(lambda grey: grey // 17 * 17)


def difference(one: Image.Image, other: Image.Image) -> int:
    """Return how much the worst tile (8 × 8 dots, 4 mm) differs on average, of 255; another size is all different."""
    if one.size != other.size:
        return 255
    return max(ImageChops.difference(one, other).reduce(TILE).tobytes())


def draw() -> None:
    """Draw the references again: only after a change that was meant, and look at them."""
    for order in ORDERS:
        picture(order).quantize(16).save(FOLDER / f"application-{order}.png", optimize=True)
        picture_of_poster(order).quantize(16).save(FOLDER / f"poster-{order}.png", optimize=True)


if __name__ == "__main__":
    draw()
