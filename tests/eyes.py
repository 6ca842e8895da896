"""Other programs' eyes: square codes read by ZBar and by ZXing from a page that has seen a copier and a day."""

import subprocess
from io import BytesIO
from random import Random

import zxingcpp
from PIL import ImageDraw, ImageFilter
from PIL.Image import Image, Resampling

TILT = 3
STAINED = 0.1
# How bright white paper is where coffee (#c8a67a) has dried on it.
COFFEE, STAINS = 172, 5
HEAD = (0.88, 0.09)


def by_zxing(page: Image) -> set[str]:
    """Return what ZXing reads."""
    return {code.text for code in zxingcpp.read_barcodes(page)}


def by_zbar(page: Image) -> set[str]:
    """Return what ZBar reads."""
    with BytesIO() as file:
        page.save(file, "PNG", compress_level=1)
        said = subprocess.run(
            ["zbarimg", "-q", "--raw", "--set", "*.enable=0", "--set", "qrcode.enable=1", "PNG:-"],
            input=file.getvalue(), capture_output=True, check=False,
        )  # fmt: skip
    return set(said.stdout.decode().split("\n")) - {""}


def straight(page: Image) -> Image:
    """Return *page* as it is."""
    return page


def tilted(page: Image) -> Image:
    """Return *page* as it lay askew in a scanner."""
    return page.rotate(TILT, Resampling.BILINEAR, expand=True, fillcolor=255)


def blurred(page: Image) -> Image:
    """Return *page* as a lens sees it that is not quite sharp: by a third of a millimetre at 150 dpi."""
    return page.filter(ImageFilter.GaussianBlur(page.width / 1240 * 1.2))


def stained(page: Image) -> Image:
    """Return *page* with stains of coffee over a tenth of it, one on the code of the head; ink shows through them."""
    chance = Random(page.width)
    mask = page.copy()
    mask.paste(0, (0, 0, *page.size))
    radius = (page.width * page.height * STAINED / STAINS / 3.14) ** 0.5
    anywhere = [(chance.random(), chance.random()) for _ in range(STAINS - 1)]
    for across, down in (HEAD, *anywhere):
        x, y = across * page.width, down * page.height
        ImageDraw.Draw(mask).ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    spoilt = page.copy()
    spoilt.paste(page.point(lambda grey: grey * COFFEE // 255), mask=mask)
    return spoilt


def worn(page: Image) -> Image:
    """Return *page* with all of this at once, through a copier that knows no grey."""
    return tilted(blurred(stained(page))).point(lambda grey: 0 if grey < 90 else 235)


READERS = (by_zxing, by_zbar)
STATES = (straight, tilted, blurred, stained, worn)
