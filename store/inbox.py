"""What comes from the hub (下行): products, decisions, lists and commands, believed only entry by entry."""

import base64
import binascii

import msgspec
from sqlite_utils import Database

from domain.canonical import canonical
from domain.errors import Conflict, Refused
from store import journal
from store.connection import IntegrityError
from wire.entry import Entry
from wire.header import Cursor
from wire.suites import PublicKey

POINT_KINDS = frozenset({"activity", "application", "attachment", "carried_out", "lead"})
_NEWEST_EPOCH = """
WITH RECURSIVE incarnation (epoch) AS (
    SELECT min(epoch) FROM journal WHERE producer = :producer
    UNION ALL
    SELECT (SELECT min(epoch) FROM journal WHERE producer = :producer AND epoch > incarnation.epoch)
    FROM incarnation WHERE incarnation.epoch IS NOT NULL
)
SELECT epoch FROM incarnation WHERE epoch IS NOT NULL
ORDER BY (SELECT id FROM journal WHERE producer = :producer AND journal.epoch = incarnation.epoch AND seq = 1) DESC
"""
_ANSWERED_OTHERWISE = """
SELECT 1 FROM decision AS now JOIN decision AS before USING (application, application_revision)
JOIN journal ON journal.id = before.journal
WHERE now.record_id = ? AND before.record_id <> now.record_id AND journal.epoch <> ?
    AND now.outcome IN ('accepted', 'declined') AND before.outcome IN ('accepted', 'declined')
"""


class _Signed(msgspec.Struct):
    """A signed product as raw JSON, so that fields of a newer program stay under the signature."""

    product: dict[str, object]
    signature: str


def cursor(db: Database, producer: str) -> Cursor | None:
    """Return the last entry of the hub's stream that is here, or None before the first."""
    row = db.execute(_NEWEST_EPOCH, {"producer": producer}).fetchone()
    if row is None:
        return None
    seq, digest = journal.head(db, producer, row[0])
    return Cursor(epoch=row[0], seq=seq, hash=digest)


def receive(db: Database, entries: tuple[Entry, ...], producer: str, hub_key: PublicKey) -> int:
    """Store what the hub wrote for us, inside the caller's transaction; return how many were new.

    Raises Refused for another producer's entry, a kind only points write, or a product that
    *hub_key* did not sign; Conflict where the entries do not follow what is here, or claim a record of ours.
    Then nothing is kept.
    """
    for entry in entries:
        if entry.producer != producer or entry.kind in POINT_KINDS:
            raise Refused("sync.foreign_entry")
        if entry.kind == "product" and not _is_signed(entry.body, hub_key):
            raise Refused("sync.unsigned_product")
        if _is_anothers(db, entry):
            raise Conflict("sync.not_storable")
    try:
        return journal.receive(db, entries)
    except IntegrityError as error:
        raise Conflict("sync.not_storable") from error


def contradict(db: Database, entries: tuple[Entry, ...]) -> bool:
    """Say whether *entries*, just stored, say otherwise what an earlier epoch of the hub had said.

    The same revision of a record with another body, or another final answer to the same application: a hub that
    was set back has lost what it said then. Both are kept.
    """
    return any(_is_otherwise(db, entry) for entry in entries)


def _is_anothers(db: Database, entry: Entry) -> bool:
    known = "SELECT 1 FROM journal WHERE record_id = ? AND producer <> ? LIMIT 1"
    return db.execute(known, [entry.record_id, entry.producer]).fetchone() is not None


def _is_otherwise(db: Database, entry: Entry) -> bool:
    same = "record_id = ? AND revision = ? AND epoch <> ? AND body NOT IN (?, x'')"
    if db.execute(
        f"SELECT 1 FROM journal WHERE {same}", [entry.record_id, entry.revision, entry.epoch, entry.body]
    ).fetchone():
        return True
    return db.execute(_ANSWERED_OTHERWISE, [entry.record_id, entry.epoch]).fetchone() is not None


def _is_signed(body: bytes, hub_key: PublicKey) -> bool:
    """Say whether *hub_key* signed the product in *body*, over its canonical JSON."""
    try:
        signed = msgspec.json.decode(body, type=_Signed)
        return hub_key.verify(base64.b64decode(signed.signature, validate=True), canonical(signed.product))
    except (msgspec.MsgspecError, binascii.Error, TypeError, ValueError):
        return False
