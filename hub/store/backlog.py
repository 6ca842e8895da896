"""What was received and not judged yet (待核对): for each point, the position from which its applications wait."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from hub.clock import now
from hub.store.tables import backlog, entry

_WAITING = and_(entry.c.point == backlog.c.point, entry.c.kind == "application", entry.c.position >= backlog.c.position)
_FIND = select(backlog.c.position).where(backlog.c.point == bindparam("point"))
_BEGIN = insert(backlog)


def find(connection: Connection, point: str) -> int | None:
    """Return from where *point*'s applications wait, or None when none does."""
    return connection.scalar(_FIND, {"point": point})


def begin(connection: Connection, point: str, position: int) -> None:
    """Let the applications of *point* wait from *position* on; none of them waits yet."""
    connection.execute(_BEGIN, {"point": point, "position": position, "since": now()})


def move(connection: Connection, point: str, position: int) -> None:
    """Let what comes before *position* wait no longer."""
    connection.execute(update(backlog).where(backlog.c.point == point).values(position=position))


def end(connection: Connection, point: str) -> None:
    """Let nothing of *point* wait any longer."""
    connection.execute(delete(backlog).where(backlog.c.point == point))


def holds(connection: Connection, point: str, record_ids: Iterable[str]) -> bool:
    """Say whether any revision of these records waits."""
    query = (
        select(backlog.c.point).join(entry, _WAITING).where(backlog.c.point == point, entry.c.record_id.in_(record_ids))
    )
    return connection.execute(query.limit(1)).first() is not None


def every(connection: Connection) -> dict[str, int]:
    """Return point → the position from which it waits, the longest waiting first."""
    rows = connection.execute(select(backlog.c.point, backlog.c.position).order_by(backlog.c.since))
    return {row.point: row.position for row in rows}


def size(connection: Connection) -> int:
    """Count the applications, every revision, that wait to be judged."""
    return connection.scalar(select(func.count()).select_from(backlog).join(entry, _WAITING)) or 0
