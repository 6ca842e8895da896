"""A picture comes in (照片入库): whatever was sent, what is kept is upright, small, and nothing but its pixels."""

import hashlib
import subprocess
from dataclasses import dataclass

from domain.errors import FieldError
from pictures import alone
from pictures.shrink import TOO_LARGE

MEDIA_TYPE = "image/webp"
MOST_BYTES = 16 << 20
NEW_PHONES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: WebP, its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def sha256(self) -> bytes:
        """Its name: the SHA-256 of its bytes."""
        return hashlib.sha256(self.data).digest()


def take(data: bytes, side: int, most_bytes: int) -> Picture:
    """Return the JPEG, PNG or WebP picture *data* no longer than *side* pixels and in at most *most_bytes*.

    Raises FieldError for anything else, for more than 16 MB, and for a picture that is larger than it can be worth.
    """
    if len(data) > MOST_BYTES:
        raise FieldError("picture.too_many_bytes")
    small = _shrunk(data, side, most_bytes)
    return Picture(small, *_size(small))


def _shrunk(data: bytes, side: int, most_bytes: int) -> bytes:
    try:
        done = alone.run("shrink.py", str(side), str(most_bytes), data=data)
    except subprocess.TimeoutExpired:
        raise FieldError("picture.unreadable") from None
    if done.returncode == TOO_LARGE:
        raise FieldError("picture.too_large")
    if done.returncode or not done.stdout:
        raise FieldError(why(data))
    return done.stdout


def why(data: bytes) -> str:
    """Return the code of what is said where *data* could not be decoded as a picture."""
    if data.startswith(b"%PDF"):
        return "picture.pdf"
    return "picture.heic" if data[4:12] in NEW_PHONES else "picture.unreadable"


def _size(webp: bytes) -> tuple[int, int]:
    # A lossy WebP of one frame without extras: 14 bits each, after the three bytes of the start code (RFC 9649).
    return int.from_bytes(webp[26:28], "little") & 0x3FFF, int.from_bytes(webp[28:30], "little") & 0x3FFF
