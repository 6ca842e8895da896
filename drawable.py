"""What papers can draw (能印出的字): asked wherever something is typed that will stand on one."""

from functools import cache
from pathlib import Path

from domain.errors import FieldError
from domain.text import undrawable

LIST = Path(__file__).parent / "printing" / "fonts" / "coverage.txt"


@cache
def coverage() -> frozenset[int]:
    """Return the code points that a paper can draw, asked at every save; ``scripts/coverage`` writes the list."""
    points: set[int] = set()
    for line in LIST.read_text("ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def drawn(said: str) -> str:
    """Return *said*, which will stand on paper; raise FieldError, naming them, where letters of it cannot be drawn."""
    if missing := undrawable(said, coverage()):
        raise FieldError("undrawable", characters=" ".join(missing))
    return said
