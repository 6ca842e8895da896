"""The fonts that papers are set in, and nothing but them: no font of the machine can slip in."""

from functools import cache
from pathlib import Path

from domain.errors import FieldError
from domain.text import undrawable

FONTS = Path(__file__).parent / "fonts"
CONFIGURATION = FONTS / "fonts.conf"


@cache
def coverage() -> frozenset[int]:
    """Return the code points that a paper can draw, asked at every save; ``scripts/coverage`` writes the list."""
    points: set[int] = set()
    for line in (FONTS / "coverage.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def drawn(said: str) -> str:
    """Return *said*, which will stand on paper; raise FieldError, naming them, where letters of it cannot be drawn."""
    if missing := undrawable(said, coverage()):
        raise FieldError("undrawable", characters=" ".join(missing))
    return said
