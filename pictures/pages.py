"""What a paper looks like (预览), alone in a process of its own: PDF in; WebP pictures out, each after its length."""

import io
import sys
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parent.parent))  # the process is started without any path

from pictures.shrink import UNREADABLE, confine

LENGTH = 4
POINTS = 72
QUALITY = 70
MOST_PAGES = 20


def drawn(pdf: bytes, dpi: int) -> list[bytes]:
    """Return the first pages of *pdf* as WebP, *dpi* dots an inch, in grey: our papers have no colour."""
    document = pypdfium2.PdfDocument(pdf)
    return [_webp(document[number], dpi) for number in range(min(len(document), MOST_PAGES))]


def _webp(page: pypdfium2.PdfPage, dpi: int) -> bytes:
    picture = io.BytesIO()
    page.render(scale=dpi / POINTS, grayscale=True).to_pil().convert("RGB").save(picture, "WEBP", quality=QUALITY)
    return picture.getvalue()


def main() -> int:
    """Answer standard input with its pages."""
    confine()
    try:
        pages = drawn(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Exception:
        return UNREADABLE
    for page in pages:
        sys.stdout.buffer.write(len(page).to_bytes(LENGTH, "big") + page)
    return 0


if __name__ == "__main__":
    sys.exit(main())
