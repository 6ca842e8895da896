"""The journal (日志): append, read, receive and verify. Nothing here is ever changed, or deleted but by ``erasure``."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec.structs import asdict
from sqlite_utils import Database

from domain.errors import Conflict, NotFound
from store import projections
from wire.entry import GENESIS, NO_SALT, SALT_BYTES, Entry, Revision, first_break, place
from wire.fit import require_sendable

COLUMNS = ("record_id", "kind", "revision", "form_version", "made_at", "made_by", "body",
           "producer", "epoch", "seq", "salt", "body_hash", "prev_hash", "hash")  # fmt: skip
_COLUMNS = ", ".join(COLUMNS)
_INSERT = f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join(':' + name for name in COLUMNS)}) RETURNING id"


def append(db: Database, revision: Revision, salt: bytes = NO_SALT) -> Entry:
    """Give *revision* the next place in our own stream and project it, inside the caller's transaction.

    Its salt is random unless *salt* brings the one it had. Raises Conflict when this revision of the record is already
    there with other content; returns the existing entry when it is there with the same. Raises FieldError for a record
    too large to send.
    """
    require_sendable(revision)
    known = find(db, revision.record_id, revision.revision)
    if known is not None:
        return _same_or_conflict(known, revision)
    producer, epoch = own_stream(db)
    seq, prev_hash = head(db, producer, epoch)
    entry = place(
        revision,
        producer=producer,
        epoch=epoch,
        seq=seq + 1,
        prev_hash=prev_hash,
        salt=secrets.token_bytes(SALT_BYTES) if salt == NO_SALT else salt,
    )
    _insert(db, entry)
    return entry


def receive(db: Database, entries: Iterable[Entry]) -> int:
    """Store entries of another producer, already verified; skip those we hold. Returns how many were new."""
    new = 0
    for entry in entries:
        seq, prev_hash = head(db, entry.producer, entry.epoch)
        if entry.seq <= seq:
            continue
        if entry.seq != seq + 1 or entry.prev_hash != prev_hash:
            raise Conflict("journal.gap")
        _insert(db, entry)
        new += 1
    return new


def head(db: Database, producer: str, epoch: str) -> tuple[int, bytes]:
    """Return (seq, hash) of the newest entry of a stream, (0, zeros) when it is empty."""
    row = db.execute(
        "SELECT seq, hash FROM journal WHERE producer = ? AND epoch = ? ORDER BY seq DESC LIMIT 1", [producer, epoch]
    ).fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def find(db: Database, record_id: str, revision: int | None = None) -> Entry | None:
    """Return one revision of a record, the newest when *revision* is None, or None."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE record_id = ? AND (? IS NULL OR revision = ?)"
        " ORDER BY revision DESC, id DESC LIMIT 1",
        [record_id, revision, revision],
    ).fetchone()
    return _entry(row) if row else None


def at(db: Database, journal_id: int) -> Entry:
    """Return the entry a projection points to."""
    row = db.execute(f"SELECT {_COLUMNS} FROM journal WHERE id = ?", [journal_id]).fetchone()
    if row is None:
        raise NotFound("journal.no_entry")
    return _entry(row)


def revisions(db: Database, record_id: str) -> list[Entry]:
    """Return every revision of a record, oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM journal WHERE record_id = ? ORDER BY revision, id", [record_id])
    return [_entry(row) for row in rows]


def stream(db: Database, producer: str, epoch: str, after: int = 0, limit: int = -1) -> Iterator[Entry]:
    """Yield a stream's entries with seq > *after*, in order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE producer = ? AND epoch = ? AND seq > ? ORDER BY seq LIMIT ?",
        [producer, epoch, after, limit],
    )
    return (_entry(row) for row in rows)


def verify(db: Database) -> list[tuple[str, str, int]]:
    """Check every stream's chain from its first entry; return (producer, epoch, seq) of each first break."""
    breaks = []
    for producer, epoch in db.execute("SELECT DISTINCT producer, epoch FROM journal ORDER BY 1, 2").fetchall():
        broken = first_break(stream(db, producer, epoch))
        if broken is not None:
            breaks.append((producer, epoch, broken))
    return breaks


def rebuild(db: Database, step: Callable[[int], None] = lambda _count: None) -> int:
    """Throw the projections away and make them again from the journal; return how many entries were read.

    *step* is called with 1 after each entry. One transaction of the caller's.
    """
    projections.clear(db)
    count = 0
    for row in db.execute(f"SELECT id, {_COLUMNS} FROM journal ORDER BY id"):
        projections.project(db, row[0], _entry(row[1:]))
        count += 1
        step(1)
    return count


def erased(db: Database) -> int:
    """Count the entries whose content was erased."""
    return int(db.execute("SELECT count(*) FROM journal WHERE body = x''").fetchone()[0])


def own_stream(db: Database) -> tuple[str, str]:
    """Return (producer, epoch) of what is written here now; raise NotFound before enrolment."""
    row = db.execute("SELECT producer, epoch FROM epoch ORDER BY ordinal DESC").fetchone()
    if row is None:
        raise NotFound("installation.not_enrolled")
    return row[0], row[1]


def size(db: Database) -> int:
    """Count the entries of all streams."""
    return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])


def _insert(db: Database, entry: Entry) -> None:
    journal_id = db.execute(_INSERT, asdict(entry)).fetchone()[0]
    projections.project(db, journal_id, entry)


def _same_or_conflict(known: Entry, revision: Revision) -> Entry:
    if known.body != revision.body or known.kind != revision.kind:
        raise Conflict("journal.other_content", record=revision.record_id)
    return known


def _entry(row: Any) -> Entry:
    return Entry(**dict(zip(COLUMNS, tuple(row), strict=True)))
