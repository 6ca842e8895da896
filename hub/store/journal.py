"""The journal (日志) of every point, both directions: take, append, read and verify. Never changed, never deleted."""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from domain.errors import NotFound
from hub.clock import now
from hub.store import projections, streams
from hub.store.recorded import Recorded
from hub.store.tables import entry as journal
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, first_break, place

FIELDS = Entry.__struct_fields__
COLUMNS = [journal.c[name] for name in FIELDS]


def record(connection: Connection, point: str, entries: Sequence[Entry]) -> None:
    """Store a run of one stream, no record in it twice, in the caller's transaction.

    Its stream's head moves on and what people search is updated, all of it set by set: the number of
    statements does not grow with the number of entries.
    """
    last = connection.scalar(select(func.max(journal.c.position)).where(journal.c.point == point)) or 0
    at = now()
    rows = [
        {"point": point, "position": position, "recorded_at": at, **asdict(entry)}
        for position, entry in enumerate(entries, start=last + 1)
    ]
    connection.execute(insert(journal), rows)
    streams.advance(connection, point, entries[-1])
    projections.project(connection, [Recorded(point, at, entry) for entry in entries])


def append(connection: Connection, point: str, revisions: Sequence[Revision]) -> None:
    """Give *revisions*, at least one, the next places in what the hub writes for *point*."""
    head = streams.newest(connection, point, streams.down(point)) or streams.begin_down(connection, point)
    entries: list[Entry] = []
    for seq, revision in enumerate(revisions, start=head.seq + 1):
        prev_hash = entries[-1].hash if entries else head.hash
        salt = secrets.token_bytes(SALT_BYTES)
        entries.append(
            place(revision, producer=head.producer, epoch=head.epoch, seq=seq, prev_hash=prev_hash, salt=salt)
        )
    record(connection, point, entries)


def hashes(connection: Connection, head: streams.Head, first: int, last: int) -> dict[int, bytes]:
    """Return seq → hash of a stream's entries from *first* to *last*; 0 is the hash before the first."""
    query = select(journal.c.seq, journal.c.hash).where(*_of(head), journal.c.seq.between(first, last))
    return {0: GENESIS} | {row.seq: row.hash for row in connection.execute(query)}


def after(connection: Connection, head: streams.Head, seq: int, limit: int, size: int) -> list[Entry]:
    """Return the entries that follow *seq*: at most *limit*, and at most *size* bytes of bodies beyond the first."""
    query = select(*COLUMNS).where(*_of(head), journal.c.seq > seq).order_by(journal.c.seq).limit(limit)
    entries: list[Entry] = []
    for row in connection.execute(query).mappings():
        size -= len(row["body"])
        if entries and size < 0:
            break
        entries.append(_entry(row))
    return entries


def at(connection: Connection, point: str, producer: str, epoch: str, seq: int) -> Entry:
    """Return the entry at one place; raise NotFound."""
    head = streams.Head(point, producer, epoch)
    row = connection.execute(select(*COLUMNS).where(*_of(head), journal.c.seq == seq)).mappings().first()
    if row is None:
        raise NotFound("journal.no_entry")
    return _entry(row)


def of_records(connection: Connection, point: str, record_ids: Iterable[str]) -> list[Entry]:
    """Return all entries of a point that claim to be any revision of these records, first committed first."""
    query = select(*COLUMNS).where(journal.c.point == point, journal.c.record_id.in_(record_ids))
    return [_entry(row) for row in connection.execute(query.order_by(journal.c.position)).mappings()]


def verify(connection: Connection) -> tuple[streams.Head, int] | None:
    """Check every chain from its first entry to its head; return the first break and its seq, or None."""
    for head in streams.every(connection):
        broken = first_break(_stream(connection, head))
        if broken is not None:
            return head, broken
        if hashes(connection, head, head.seq, head.seq).get(head.seq) != head.hash:
            return head, head.seq
    return None


def size(connection: Connection) -> int:
    """Count all entries of all points."""
    return connection.scalar(select(func.count()).select_from(journal)) or 0


def rebuild(connection: Connection) -> int:
    """Throw the projections away and make them again from the journal; return how many entries were read."""
    projections.clear(connection)
    rows = connection.execute(select(journal).order_by(journal.c.point, journal.c.position)).mappings().all()
    for row in rows:
        projections.project(connection, [Recorded(row["point"], row["recorded_at"], _entry(row))])
    return len(rows)


def _stream(connection: Connection, head: streams.Head) -> Iterator[Entry]:
    rows = connection.execute(select(*COLUMNS).where(*_of(head)).order_by(journal.c.seq)).mappings()
    return (_entry(row) for row in rows)


def _of(head: streams.Head) -> tuple[ColumnElement[bool], ...]:
    return (journal.c.point == head.point, journal.c.producer == head.producer, journal.c.epoch == head.epoch)


def _entry(row: RowMapping) -> Entry:
    return Entry(**{name: row[name] for name in FIELDS})
