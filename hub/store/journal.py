"""The journal (日志) of every point, both directions: take, append, read and verify. Never changed, never deleted."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import Connection, RowMapping, bindparam, func, select

from domain.errors import NotFound
from hub.clock import now
from hub.store import projections, streams
from hub.store.engine import insert_all
from hub.store.recorded import Recorded
from hub.store.tables import entry as journal
from wire.entry import GENESIS, SALT_BYTES, Entry, Revision, first_break, place
from wire.fit import require_sendable

REPEATED_AT_ONCE, REPEATED_BYTES = 500, 8 << 20
FIELDS = Entry.__struct_fields__
COLUMNS = [journal.c[name] for name in FIELDS]
APPLICATION = "application"
NO_END = 2**53
_STREAM = [journal.c[name] == bindparam(name) for name in ("point", "producer", "epoch")]
_HASHES = select(journal.c.seq, journal.c.hash).where(
    *_STREAM, journal.c.seq.between(bindparam("first"), bindparam("last"))
)
_AFTER = select(*COLUMNS).where(*_STREAM, journal.c.seq > bindparam("seq"))
_AFTER = _AFTER.order_by(journal.c.seq).limit(bindparam("limit"))
_LAST = select(func.max(journal.c.position)).where(journal.c.point == bindparam("point"))
BY_CHUNKS = {"yield_per": 500}


def keep(connection: Connection, point: str, entries: Sequence[Entry]) -> list[Recorded]:
    """Store a run of one stream in the caller's transaction and move the stream's head on: nothing else follows yet.

    The number of statements does not grow with the number of entries.
    """
    last = connection.scalar(_LAST, {"point": point}) or 0
    at = now()
    kept = [Recorded(point, position, at, entry) for position, entry in enumerate(entries, start=last + 1)]
    insert_all(connection, journal, [_row(one) for one in kept])
    streams.advance(connection, point, entries[-1])
    return kept


def record(connection: Connection, point: str, entries: Sequence[Entry]) -> None:
    """Store a run, no record in it twice, as ``keep`` does, and update what people search."""
    projections.project(connection, keep(connection, point, entries))


def append(connection: Connection, point: str, revisions: Sequence[Revision]) -> None:
    """Give *revisions*, at least one, the next places in what the hub writes for *point*.

    Raises FieldError for a record too large to send.
    """
    for revision in revisions:
        require_sendable(revision)
    head = streams.newest(connection, point, streams.down(point)) or streams.begin_down(connection, point)
    record(connection, point, _placed(head, revisions))


def repeat(connection: Connection, old: streams.Head, new: streams.Head) -> None:
    """Write all entries of *old* once more, into the empty stream *new*; what people search stays as it is."""
    seq = 0
    while entries := after(connection, old, seq, REPEATED_AT_ONCE, REPEATED_BYTES):
        seq = entries[-1].seq
        placed = _placed(new, [entry for entry in entries if not entry.erased])
        if not placed:
            continue
        keep(connection, new.point, placed)
        new = replace(new, seq=placed[-1].seq, hash=placed[-1].hash)


def hashes(connection: Connection, head: streams.Head, first: int, last: int) -> dict[int, bytes]:
    """Return seq → hash of a stream's entries from *first* to *last*; 0 is the hash before the first."""
    held = connection.execute(_HASHES, _named(head) | {"first": first, "last": last})
    return {0: GENESIS} | {row[0]: row[1] for row in held}


def holds(connection: Connection, head: streams.Head, seq: int, expected: bytes) -> bool:
    """Say whether the entry of a stream at *seq* has the hash *expected*."""
    return hashes(connection, head, seq, seq).get(seq) == expected


def after(connection: Connection, head: streams.Head, seq: int, limit: int, size: int) -> list[Entry]:
    """Return the entries that follow *seq*: at most *limit*, and at most *size* bytes of bodies beyond the first."""
    entries: list[Entry] = []
    for row in connection.execute(_AFTER, _named(head) | {"seq": seq, "limit": limit}).mappings():
        size -= len(row["body"])
        if entries and size < 0:
            break
        entries.append(_entry(row))
    return entries


def at(connection: Connection, point: str, producer: str, epoch: str, seq: int) -> Entry:
    """Return the entry at one place; raise NotFound."""
    head = streams.Head(point, producer, epoch)
    query = select(*COLUMNS).where(*_STREAM, journal.c.seq == seq)
    row = connection.execute(query, _named(head)).mappings().first()
    if row is None:
        raise NotFound("journal.no_entry")
    return _entry(row)


def of_records(connection: Connection, point: str, record_ids: Iterable[str], before: int = NO_END) -> list[Entry]:
    """Return the entries of a point that claim to be any revision of these records, first committed first.

    Only those of positions before *before*.
    """
    query = select(*COLUMNS).where(
        journal.c.point == point, journal.c.record_id.in_(record_ids), journal.c.position < before
    )
    return [_entry(row) for row in connection.execute(query.order_by(journal.c.position)).mappings()]


def applications(connection: Connection, point: str, position: int, limit: int) -> list[Recorded]:
    """Return the applications, any revision, that *point* sent from *position* on, at most *limit*."""
    query = select(journal).where(
        journal.c.point == point, journal.c.kind == APPLICATION, journal.c.position >= position
    )
    rows = connection.execute(query.order_by(journal.c.position).limit(limit)).mappings()
    return [_recorded(row) for row in rows]


def verify(connection: Connection) -> tuple[streams.Head, int] | None:
    """Check every chain from its first entry to its head; return the first break and its seq, or None."""
    for head in streams.every(connection):
        broken = first_break(_stream(connection, head))
        if broken is not None:
            return head, broken
        if not holds(connection, head, head.seq, head.hash):
            return head, head.seq
    return None


def erased(connection: Connection) -> int:
    """Count the entries of all points whose content was erased."""
    return connection.scalar(select(func.count()).select_from(journal).where(journal.c.body == b"")) or 0


def size(connection: Connection) -> int:
    """Count all entries of all points."""
    return connection.scalar(select(func.count()).select_from(journal)) or 0


def everything(connection: Connection) -> Iterator[Recorded]:
    """Yield all entries of all points, both directions, those of each point as they were committed."""
    query = select(journal).order_by(journal.c.point, journal.c.position)
    rows = connection.execute(query, execution_options=BY_CHUNKS).mappings()
    return (_recorded(row) for row in rows)


def _placed(head: streams.Head, revisions: Sequence[Revision]) -> list[Entry]:
    entries: list[Entry] = []
    for seq, revision in enumerate(revisions, start=head.seq + 1):
        prev_hash = entries[-1].hash if entries else head.hash
        salt = secrets.token_bytes(SALT_BYTES)
        plain = Revision(**{name: getattr(revision, name) for name in Revision.__struct_fields__})
        entries.append(place(plain, producer=head.producer, epoch=head.epoch, seq=seq, prev_hash=prev_hash, salt=salt))
    return entries


def _stream(connection: Connection, head: streams.Head) -> Iterator[Entry]:
    query = select(*COLUMNS).where(*_STREAM).order_by(journal.c.seq)
    return (_entry(row) for row in connection.execute(query, _named(head)).mappings())


def _named(head: streams.Head) -> dict[str, Any]:
    return {"point": head.point, "producer": head.producer, "epoch": head.epoch}


def _entry(row: RowMapping) -> Entry:
    return Entry(**{name: row[name] for name in FIELDS})


def _recorded(row: RowMapping) -> Recorded:
    return Recorded(row["point"], row["position"], row["recorded_at"], _entry(row))


def _row(one: Recorded) -> dict[str, Any]:
    return {"point": one.point, "position": one.position, "recorded_at": one.recorded_at, **asdict(one.entry)}
