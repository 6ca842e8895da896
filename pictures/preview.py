"""A PDF comes in; its pages come out as pictures, and nothing of either is kept."""

import subprocess
from collections.abc import Iterator

from domain.errors import Unavailable
from pictures import alone

# A4 is 1,075 dots wide: whoever enlarges it reads the smallest print.
DPI = 130
LENGTH = 4


def pages(pdf: bytes) -> list[bytes]:
    """Return the pages of *pdf* as WebP pictures; raise Unavailable where they cannot be drawn in time."""
    try:
        done = alone.run("pages.py", str(DPI), data=pdf)
    except subprocess.TimeoutExpired:
        raise Unavailable("paper.no_preview") from None
    if done.returncode:
        raise Unavailable("paper.no_preview")
    return list(_cut(done.stdout))


def _cut(said: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(said):
        end = at + LENGTH + int.from_bytes(said[at : at + LENGTH], "big")
        yield said[at + LENGTH : end]
        at = end
