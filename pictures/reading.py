"""A photograph or scan of square codes comes in; what they say comes out, and nothing of it is kept."""

import subprocess

from domain.errors import FieldError
from pictures import alone
from pictures.entry import MOST_BYTES, why
from pictures.shrink import TOO_LARGE

MOST_PDF_BYTES = 64 << 20


def texts(data: bytes, page: int = 0, *, twice: bool = False) -> list[str]:
    """Return what the QR codes on *page* of *data* say, a JPEG, PNG, WebP or PDF; *twice* looks harder, and longer.

    Raises FieldError where it is no such file.
    """
    return _asked(data, str(page), *["twice"] * twice)


def pages(data: bytes) -> int:
    """Return how many pages *data* has; raise FieldError where it is no picture and no PDF."""
    return int(_asked(data, "count")[0]) if _is_pdf(data) else 1


def _asked(data: bytes, *arguments: str) -> list[str]:
    if len(data) > (MOST_PDF_BYTES if _is_pdf(data) else MOST_BYTES):
        raise FieldError("picture.pdf_too_large" if _is_pdf(data) else "picture.too_many_bytes")
    try:
        done = alone.run("codes.py", *arguments, data=data)
    except subprocess.TimeoutExpired:
        raise FieldError("picture.unreadable") from None
    if done.returncode == TOO_LARGE:
        raise FieldError("picture.pdf_too_large" if _is_pdf(data) else "picture.too_large")
    if done.returncode:
        raise FieldError("picture.pdf_unreadable" if _is_pdf(data) else why(data))
    return done.stdout.decode(errors="replace").splitlines()


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]
