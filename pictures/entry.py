"""A picture comes in (照片入库): whatever was sent, what is kept is upright, small, and nothing but its pixels."""

import hashlib
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from domain.errors import FieldError
from pictures.shrink import TOO_LARGE

MEDIA_TYPE = "image/webp"
MOST_BYTES = 16 << 20
SECONDS = 30
NEW_PHONES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
_SHRINK = Path(__file__).with_name("shrink.py")
# A decoder may take a gigabyte: never two of them on one machine of a counter.
_alone = threading.Lock()


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
    command = [sys.executable, "-I", str(_SHRINK), str(side), str(most_bytes)]
    with _alone:
        try:
            # What runs is our own file; nothing that was sent stands in the command.
            done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env={}, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise FieldError("picture.unreadable") from None
    if done.returncode == TOO_LARGE:
        raise FieldError("picture.too_large")
    if done.returncode or not done.stdout:
        raise FieldError(_why(data))
    return done.stdout


def _why(data: bytes) -> str:
    if data.startswith(b"%PDF"):
        return "picture.pdf"
    return "picture.heic" if data[4:12] in NEW_PHONES else "picture.unreadable"


def _size(webp: bytes) -> tuple[int, int]:
    # A lossy WebP of one frame without extras: 14 bits each, after the three bytes of the start code (RFC 9649).
    return int.from_bytes(webp[26:28], "little") & 0x3FFF, int.from_bytes(webp[28:30], "little") & 0x3FFF
