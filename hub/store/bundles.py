"""Bundles that came on sticks (U盘): which, when, by whose hand, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from domain.errors import Problem
from hub.clock import after
from hub.store.tables import bundle

KEPT = timedelta(days=180)
SHOWN = 50


@dataclass(frozen=True)
class Bundle:
    """One file as it was taken: *entries* the hub holds by it, *problem* a code or empty, *taken_by* a person or ''."""

    point: str
    taken_at: str
    file: str
    taken_by: str
    entries: int
    problem: str

    @property
    def trouble(self) -> Problem | None:
        """What was wrong with it, ready to be said, or None."""
        return Problem("", self.problem) if self.problem else None


def record(connection: Connection, taken: Sequence[Bundle]) -> None:
    """Remember *taken*, the same file in the same second once, and forget what was taken half a year ago."""
    connection.execute(delete(bundle).where(bundle.c.taken_at < after(-KEPT)))
    for one in taken:
        key = (bundle.c.point == one.point, bundle.c.taken_at == one.taken_at, bundle.c.file == one.file)
        connection.execute(delete(bundle).where(*key))
        connection.execute(insert(bundle).values(vars(one)))


def newest(connection: Connection) -> list[Bundle]:
    """Return the last bundles taken, newest first."""
    query = select(bundle).order_by(bundle.c.taken_at.desc(), bundle.c.file).limit(SHOWN)
    return [Bundle(**row) for row in connection.execute(query).mappings()]
