"""Our own streams as the hub holds them (补取): what it signed for, what it holds that a restored backup lacks."""

from collections.abc import Sequence

import msgspec
from sqlite_utils import Database

from domain.errors import Refused
from store import deliveries, erasure, journal
from store import exchange as marks
from store.clock import now
from store.streams import ours
from wire.entry import Entry, Revision
from wire.header import MOST_STREAMS, Ack, Holding

# The epoch that is written now stays the last one; what comes back goes before it.
_MAKE_ROOM = "UPDATE epoch SET ordinal = ordinal + 1 WHERE ordinal = (SELECT max(ordinal) FROM epoch)"
_INSERT = """
INSERT INTO epoch (ordinal, producer, epoch, started_at, reason)
SELECT max(ordinal) - 1, ?, ?, ?, 'restored' FROM epoch
"""
_TWIN = """
SELECT mine.id FROM journal AS mine JOIN epoch USING (producer, epoch)
WHERE mine.record_id = ? AND mine.revision = ? AND mine.producer = ? AND mine.epoch <> ? AND mine.body NOT IN (?, x'')
    AND epoch.behind = 1 ORDER BY mine.id DESC LIMIT 1
"""


def is_complete(db: Database) -> None:
    """Remember that the hub holds nothing of ours that is not here."""
    db.execute("UPDATE epoch SET behind = 0")


def holdings(db: Database) -> tuple[Holding, ...]:
    """Return the heads of the newest of our streams, and how far the hub signed for each that is not frozen."""
    newest = reversed(ours(db)[-MOST_STREAMS:])
    heads = ((one, *journal.head(db, one.producer, one.epoch)) for one in newest)
    return tuple(
        Holding(epoch=one.epoch, seq=seq, hash=digest, acked=0 if one.frozen else one.acked)
        for one, seq, digest in heads
    )


def receive(db: Database, entries: Sequence[Entry], proof: bytes) -> int:
    """Store what the hub gave back of one of our earlier streams, inside the caller's transaction; count what is new.

    It is confirmed, for the hub signed *proof*. What was written since the restore as the same revision of a record
    becomes its next one; what was erased there meanwhile is erased here before anything of it
    could leave. Raises Refused for the stream that is written now, Conflict where it does not follow.
    """
    last = entries[-1]
    if (last.producer, last.epoch) == journal.own_stream(db):
        raise Refused("sync.foreign_entry")
    if not db.execute("SELECT 1 FROM epoch WHERE epoch = ?", [last.epoch]).fetchone():
        db.execute(_MAKE_ROOM)
        db.execute(_INSERT, [last.producer, last.epoch, now()])
    held, _ = journal.head(db, last.producer, last.epoch)
    new = journal.receive(db, entries)
    ack = Ack(producer=last.producer, epoch=last.epoch, seq=last.seq, hash=last.hash, hub_time=now())
    marks.record_ack(db, ack, proof)
    deliveries.came_back(db)
    for entry in entries:
        if entry.erased and entry.kind == "application":
            erasure.erase(db, entry.record_id)
        elif entry.seq > held:
            _put_after(db, entry)
    return new


def _put_after(db: Database, came: Entry) -> None:
    place = [came.record_id, came.revision, came.producer, came.epoch, came.body]
    twin = db.execute(_TWIN, place).fetchone()
    newest = journal.find(db, came.record_id)
    if twin and newest:
        again = msgspec.structs.asdict(journal.at(db, twin[0]))
        named = {name: again[name] for name in Revision.__struct_fields__}
        journal.append(db, Revision(**named | {"revision": newest.revision + 1}))
