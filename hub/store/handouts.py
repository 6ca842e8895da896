"""Code lists and calendars (下发资料): immutable versions, all kept."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, insert, select

from domain.uuid7 import new_uuid7
from hub.clock import now
from hub.store.tables import handout


@dataclass(frozen=True)
class Handout:
    """One version of what points hold. *area* is the prefecture whose points get it, empty for all."""

    kind: str
    name: str
    area: str
    version: int
    body: bytes

    @property
    def title(self) -> str:
        """What people call it: ``goods``, ``2026``, ``2026 540200``."""
        return f"{self.name} {self.area}".strip()

    def concerns(self, county: str) -> bool:
        """Say whether points in *county* get it."""
        return not self.area or self.area[:4] == county[:4]


def versions(connection: Connection, one: Handout) -> dict[int, bytes]:
    """Return version → content of everything that was handed out under this name."""
    query = select(handout.c.version, handout.c.body).where(*_named(one))
    return {row.version: row.body for row in connection.execute(query)}


def record_id(connection: Connection, one: Handout) -> str:
    """Return the id under which all versions travel; a new one before the first."""
    known = connection.scalar(select(handout.c.record_id).where(*_named(one)).limit(1))
    return known or new_uuid7()


def add(connection: Connection, new: Handout) -> None:
    """Keep a new version."""
    connection.execute(
        insert(handout).values(
            kind=new.kind, name=new.name, area=new.area, version=new.version,
            record_id=record_id(connection, new), body=new.body, loaded_at=now(),
        )
    )  # fmt: skip


def newest(connection: Connection) -> list[Handout]:
    """Return the newest version of each, by kind and name."""
    return [one for one, last in _every(connection) if one.version == last]


def every(connection: Connection, kind: str) -> list[Handout]:
    """Return all versions of one kind."""
    return [one for one, _ in _every(connection) if one.kind == kind]


def _every(connection: Connection) -> list[tuple[Handout, int]]:
    last = func.max(handout.c.version).over(partition_by=[handout.c.kind, handout.c.name, handout.c.area])
    query = select(handout, last.label("last")).order_by(
        handout.c.kind, handout.c.name, handout.c.area, handout.c.version
    )
    return [
        (Handout(row.kind, row.name, row.area, row.version, row.body), row.last) for row in connection.execute(query)
    ]


def _named(one: Handout) -> tuple[ColumnElement[bool], ...]:
    return (handout.c.kind == one.kind, handout.c.name == one.name, handout.c.area == one.area)
