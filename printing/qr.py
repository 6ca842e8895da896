"""The square code of a paper: which record it shows, and the digest that proves it (``TSHEG:1:JL-26-…:9F3A…``)."""

from math import isqrt
from typing import Any

import segno
import zxingcpp

PREFIX = "TSHEG:1"
GROUP = 4
SHOWN = 16
DARK = bytes([1]) + bytes(255)  # it is drawn black on white


def content(reference: str, digest: bytes) -> str:
    """Return what the code says; capitals only, which a square code packs most tightly."""
    return f"{PREFIX}:{reference}:{digest.hex().upper()}"


def read(text: str) -> tuple[str, bytes]:
    """Return the reference and the digest that a code of ours says, or nothing of either."""
    if not text.startswith(f"{PREFIX}:"):
        return "", b""
    reference, _, digest = text.removeprefix(f"{PREFIX}:").partition(":")
    try:
        return reference, bytes.fromhex(digest)
    except ValueError:
        return "", b""


def short(digest: bytes) -> str:
    """Return the beginning of *digest* as people compare it: ``9F3A 0C77 1B2E 44D0``."""
    start = digest.hex().upper()[:SHOWN]
    return " ".join(start[at : at + GROUP] for at in range(0, SHOWN, GROUP))


def image(text: str, error: str = "m") -> str:
    """Return the square code of *text* as a data URI, one dot a module, without its quiet border.

    *error* is how much of it may be unreadable: l, m, q or h for 7, 15, 25 or 30 per cent.
    """
    return segno.make_qr(text, error=error).png_data_uri(border=0, scale=1)


def on_screen(text: str) -> str:
    """Return the square code of *text* as a data URI that stays sharp at any size, with its quiet border."""
    return segno.make_qr(text, error="l").svg_data_uri(border=4, scale=4, light="white")


def matrix(text: str, error: str) -> list[bytes]:
    """Return the modules of the square code of *text*, row by row, 1 dark and 0 light, without its border.

    A form has five of them, so they are drawn by what takes a tenth of segno's time.
    """
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=error.upper())
    drawn: Any = made.to_image(scale=1, add_quiet_zones=False)
    light = memoryview(drawn).tobytes()
    side = isqrt(len(light))
    return [light[row : row + side].translate(DARK) for row in range(0, side * side, side)]
