"""A photograph of a square code comes in; what it says comes out, and nothing of it is kept."""

import subprocess

from domain.errors import FieldError
from pictures import alone
from pictures.entry import MOST_BYTES, why
from pictures.shrink import TOO_LARGE


def texts(data: bytes) -> list[str]:
    """Return what the QR codes on the JPEG, PNG or WebP *data* say; raise FieldError where it is no such picture."""
    if len(data) > MOST_BYTES:
        raise FieldError("picture.too_many_bytes")
    try:
        done = alone.run("codes.py", data=data)
    except subprocess.TimeoutExpired:
        raise FieldError("picture.unreadable") from None
    if done.returncode == TOO_LARGE:
        raise FieldError("picture.too_large")
    if done.returncode:
        raise FieldError(why(data))
    return done.stdout.decode(errors="replace").splitlines()
