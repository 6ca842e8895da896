"""How much a point has sent of late: the journal is its own counter, whatever worker wrote into it."""

from sqlalchemy import Connection, func, select

from hub.store.tables import entry as journal


def recorded_before(connection: Connection, point: str, count: int) -> str | None:
    """Return when the entry was recorded that *count* − 1 entries of this point have followed, either way, or None."""
    newest = select(func.max(journal.c.position)).where(journal.c.point == point).scalar_subquery()
    query = select(journal.c.recorded_at).where(journal.c.point == point, journal.c.position == newest - (count - 1))
    return connection.scalar(query)
