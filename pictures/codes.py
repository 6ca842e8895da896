"""The square codes on a page (二维码), read alone in a process of its own: a page in, one text a line out.

``codes.py PAGE`` reads that page, the first is 0, of a picture or PDF; ``codes.py PAGE twice`` looks harder;
``codes.py count`` says how many pages there are.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

sys.path.insert(0, str(Path(__file__).parent.parent))  # the process is started without any path

from pictures.shrink import FORMATS, TOO_LARGE, TOO_MUCH, UNREADABLE, confine, plain

SIDE = 4000
# An A4 page scanned at 600 dpi has 35 million.
MOST_DECODED = 40_000_000
MOST_PAGES = 500
SCAN = 300 / 72
SIDE_TWICE, SHARPER = 5000, ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0)
QR = zxingcpp.barcode_formats_from_str("QRCode")


def texts(data: bytes, page: int = 0, *, twice: bool = False) -> list[str]:
    """Return what the QR codes on *page* of *data* say, in whichever direction they lie; *twice* to look harder."""
    seen = opened(data, page)
    found = [code.text for look in looks(seen, twice=twice) for code in zxingcpp.read_barcodes(look, formats=QR)]
    return list(dict.fromkeys(found))


def looks(page: Image.Image, *, twice: bool) -> Iterator[Image.Image]:
    """Yield *page* in grey; then as light as its lightest colour, in which stains fade, larger, sharper."""
    yield page.convert("L")
    if not twice:
        return
    red, green, blue = page.split()
    faded = ImageChops.lighter(red, ImageChops.lighter(green, blue))
    factor = max(1, min(2, SIDE_TWICE / max(page.size)))
    larger = faded.resize([round(side * factor) for side in page.size], Image.Resampling.BICUBIC)
    yield larger
    yield larger.filter(SHARPER)


def opened(data: bytes, page: int) -> Image.Image:
    """Return one page upright, in colours, no longer than ``SIDE``."""
    if is_pdf(data):
        return _rendered(data, page)
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        image.draft("RGB", (SIDE, SIDE))
        if image.width * image.height > MOST_DECODED:
            raise Image.DecompressionBombError
        upright = plain(ImageOps.exif_transpose(image))
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    return upright


def is_pdf(data: bytes) -> bool:
    """Say whether *data* is a PDF, which may begin with up to 1 kB of something else."""
    return b"%PDF-" in data[:1024]


def count(data: bytes) -> int:
    """Return how many pages there are; a picture is one."""
    pages = len(pypdfium2.PdfDocument(data)) if is_pdf(data) else 1
    if pages > MOST_PAGES:
        raise Image.DecompressionBombError
    return pages


def _rendered(data: bytes, number: int) -> Image.Image:
    page = pypdfium2.PdfDocument(data)[number]
    scale = min(SCAN, SIDE / max(page.get_size()))
    image: Image.Image = page.render(scale=scale).to_pil()
    return image.convert("RGB")


def main() -> int:
    """Answer standard input with the texts of its codes, or with why none can be looked for."""
    confine()
    page, *harder = sys.argv[1:]
    data = sys.stdin.buffer.read()
    try:
        said = [str(count(data))] if page == "count" else texts(data, int(page), twice=bool(harder))
        sys.stdout.write("".join(text.replace("\n", " ") + "\n" for text in said))
    except Exception as error:
        return TOO_LARGE if isinstance(error, TOO_MUCH) else UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(main())
