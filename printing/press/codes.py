"""Square codes as pictures of one bit a module, which every printer and screen draws with sharp edges."""

from printing.press.objects import packed
from printing.qr import matrix

LIGHT = b"10" + bytes(254)
HEAD = b"<</Subtype /Image/Width %d/Height %d/ColorSpace /DeviceGray/BitsPerComponent 1>>"


def image(content: str, error: str) -> tuple[bytes, bytes]:
    """Return the square code of *content* as an image object, without its quiet border: the paper is white there."""
    rows = matrix(content, error)
    side = len(rows)
    data = b"".join(_row(row) for row in rows)
    return packed(data, HEAD % (side, side))


def _row(modules: bytes) -> bytes:
    """Return one row of *modules* (1 is dark) as bits, in which 1 is white."""
    width = (len(modules) + 7) // 8 * 8
    return int(modules.translate(LIGHT).ljust(width, b"1"), 2).to_bytes(width // 8)
