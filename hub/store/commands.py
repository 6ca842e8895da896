"""What points were told to do, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from hub.store.tables import command


@dataclass(frozen=True)
class Ordered:
    """One command. ``result`` is the point's word, None while it has not come."""

    point: str
    record_id: str
    verb: str
    subject: str
    ordered_at: str
    ordered_by: str
    result: str | None
    carried_out_at: str | None


def is_given(connection: Connection, point: str, verb: str, subject: str, record_id: str) -> bool:
    """Say whether this very command was given to *point*."""
    query = select(command.c.verb).where(command.c.point == point, command.c.record_id == record_id)
    return connection.scalar(query.where(command.c.verb == verb, command.c.subject == subject)) is not None


def is_open(connection: Connection, point: str, verb: str, subject: str) -> bool:
    """Say whether *point* was told to do this and has not answered."""
    query = select(command.c.verb).where(command.c.point == point, command.c.result.is_(None))
    return connection.scalar(query.where(command.c.verb == verb, command.c.subject == subject).limit(1)) is not None


def every(connection: Connection) -> list[Ordered]:
    """Return all commands to all points, oldest first."""
    rows = connection.execute(select(command).order_by(command.c.ordered_at, command.c.record_id)).mappings()
    return [Ordered(**{name: row[name] for name in Ordered.__dataclass_fields__}) for row in rows]
