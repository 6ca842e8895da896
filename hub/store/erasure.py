"""Taking body and salt from an application and our decisions on it; their places in the chains stay."""

from sqlalchemy import Connection, and_, delete, or_, select, update

from hub.store.tables import application, decision, policy
from hub.store.tables import entry as journal
from wire.entry import NO_SALT


def erase(connection: Connection, point: str, record_id: str) -> None:
    """Erase one application of *point* in the caller's transaction."""
    made = select(decision.c.record_id).where(decision.c.point == point, decision.c.application == record_id)
    content = or_(
        and_(journal.c.kind == "application", journal.c.record_id == record_id),
        and_(journal.c.kind == "decision", journal.c.record_id.in_(made)),
    )
    connection.execute(
        update(journal).where(journal.c.point == point, journal.c.body != b"", content).values(body=b"", salt=NO_SALT)
    )
    for table, column in ((policy, "application"), (decision, "application"), (application, "record_id")):
        connection.execute(delete(table).where(table.c.point == point, table.c[column] == record_id))


def decided_since(connection: Connection, point: str, record_id: str, command: str) -> bool:
    """Say whether a decision on the application was written after the command to erase it."""
    made = select(decision.c.record_id).where(decision.c.point == point, decision.c.application == record_id)
    at = (select(journal.c.position).where(journal.c.point == point, journal.c.record_id == command)).scalar_subquery()
    query = select(journal.c.seq).where(
        journal.c.point == point, journal.c.kind == "decision", journal.c.record_id.in_(made), journal.c.position > at
    )
    return connection.scalar(query.limit(1)) is not None
