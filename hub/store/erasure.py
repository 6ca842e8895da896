"""Taking body and salt from an application, its prints and our decisions on it; their places in the chains stay."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, delete, or_, select, update

from hub.store import files
from hub.store.tables import application, attachment, decision, file, piece, policy, print
from hub.store.tables import entry as journal
from wire.entry import NO_SALT


def erase(connection: Connection, point: str, record_id: str) -> None:
    """Erase one application of *point* in the caller's transaction."""
    made = select(decision.c.record_id).where(decision.c.point == point, decision.c.application == record_id)
    shown = (attachment.c.point == point, attachment.c.application == record_id)
    printed = select(print.c.record_id).where(print.c.point == point, print.c.application == record_id)
    digests = list(connection.scalars(select(attachment.c.digest).where(*shown)))
    content = or_(
        and_(journal.c.kind == "application", journal.c.record_id == record_id),
        and_(journal.c.kind == "decision", journal.c.record_id.in_(made)),
        and_(journal.c.kind == "print", journal.c.record_id.in_(printed)),
        and_(journal.c.kind == "attachment", journal.c.record_id.in_(select(attachment.c.record_id).where(*shown))),
    )
    connection.execute(
        update(journal).where(journal.c.point == point, journal.c.body != b"", content).values(body=b"", salt=NO_SALT)
    )
    for column in (*(table.c.application for table in (attachment, policy, print, decision)), application.c.record_id):
        connection.execute(delete(column.table).where(column.table.c.point == point, column == record_id))
    _throw_away(connection, point, digests)


def _throw_away(connection: Connection, point: str, digests: Sequence[bytes]) -> None:
    """Let go of files that nothing announces any more."""
    still = files.announced(connection, point, digests)
    gone = [digest for digest in digests if bytes(digest) not in still]
    for table in (piece, file):
        connection.execute(delete(table).where(table.c.point == point, table.c.digest.in_(gone)))


def decided_since(connection: Connection, point: str, record_id: str, command: str) -> bool:
    """Say whether a decision on the application was written after the command to erase it."""
    made = select(decision.c.record_id).where(decision.c.point == point, decision.c.application == record_id)
    at = (select(journal.c.position).where(journal.c.point == point, journal.c.record_id == command)).scalar_subquery()
    query = select(journal.c.seq).where(
        journal.c.point == point, journal.c.kind == "decision", journal.c.record_id.in_(made), journal.c.position > at
    )
    return connection.scalar(query.limit(1)) is not None
