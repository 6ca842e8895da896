"""The hub: what it receives and judges in a second, the same in a full journal, and three thousand points at once."""

from collections.abc import Iterator

from bench import crowded, herd, ingest
from scripts import postgresql


def run() -> Iterator[tuple[str, float, str]]:
    """Measure on one private PostgreSQL, each part in databases of its own."""
    with postgresql.private():
        for part in (ingest, crowded, herd):
            yield from part.run()
