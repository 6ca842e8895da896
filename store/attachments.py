"""Photographs of papers (材料照片) at the counter: taken into a draft, submitted with it, or added to a record."""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlite_utils import Database

from domain.attachment import MOST_PICTURES, Attachment
from domain.canonical import canonical
from domain.errors import NotFound, Refused
from domain.uuid7 import new_uuid7
from store import deliveries, journal
from store.clock import now
from store.connection import write
from wire.entry import Revision

_decoder = msgspec.json.Decoder(Attachment)
_OF = """
SELECT attachment.record_id, journal.body,
    attachment.seq <= coalesce(mark.acked, 0) AND coalesce(delivery.complete, 0), coalesce(delivery.held, 0),
    EXISTS (SELECT 1 FROM picture WHERE picture.sha256 = attachment.sha256)
FROM attachment JOIN journal ON journal.id = attachment.journal
LEFT JOIN mark ON mark.producer = attachment.producer AND mark.epoch = attachment.epoch
LEFT JOIN delivery ON delivery.sha256 = attachment.sha256
WHERE attachment.application = ? ORDER BY attachment.journal
"""
_SWEEP = """
DELETE FROM picture WHERE sha256 = :sha256
    AND NOT EXISTS (SELECT 1 FROM draft_picture WHERE draft_picture.sha256 = :sha256)
    AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.sha256 = :sha256)
"""


class Attached(msgspec.Struct, frozen=True):
    """One picture of an application or a draft. *held* is how many of its bytes the hub said it has.

    *sync* is pending, sent or confirmed; confirmed only when the hub signed that it holds exactly this picture.
    *here* is False where a lost disk took the bytes, and only the hub may hold them.
    """

    record_id: str
    about: Attachment
    sync: str = "pending"
    held: int = 0
    here: bool = True


def of(db: Database, application: str) -> list[Attached]:
    """Return the pictures of an application, in the order they were submitted."""
    return [
        Attached(record_id, _decoder.decode(body), _state(confirmed, held), held, bool(here))
        for record_id, body, confirmed, held, here in db.execute(_OF, [application]).fetchall()
    ]


def in_draft(db: Database, draft: str) -> list[Attached]:
    """Return the pictures of a draft, in the order they were taken."""
    rows = db.execute("SELECT record_id, body FROM draft_picture WHERE draft = ? ORDER BY record_id", [draft])
    return [Attached(row[0], _decoder.decode(row[1])) for row in rows]


def keep(db: Database, draft: str, about: Attachment, data: bytes) -> None:
    """Keep a picture of a draft; the same one again changes nothing. Raises Refused when there are too many."""
    with write(db):
        _put(db, about, data)
        if _is_new(db, about):
            db.execute(
                "INSERT INTO draft_picture (draft, record_id, sha256, body) VALUES (?, ?, ?, ?)",
                [draft, new_uuid7(), about.digest, canonical(about)],
            )


def remove(db: Database, draft: str, record_id: str) -> None:
    """Take a picture out of a draft."""
    with write(db):
        there = digests(db, draft)
        db.execute("DELETE FROM draft_picture WHERE draft = ? AND record_id = ?", [draft, record_id])
        sweep(db, there)


def add(db: Database, about: Attachment, data: bytes, made_by: str) -> None:
    """Add a picture to a record; the same one again only brings back bytes that were lost.

    Raises Refused when there are too many.
    """
    with write(db):
        _put(db, about, data)
        if _is_new(db, about):
            _append(db, new_uuid7(), canonical(about), made_by)


def submit(db: Database, draft: str, made_by: str) -> None:
    """Append an entry for every picture of a draft, inside the caller's transaction."""
    rows = db.execute("SELECT record_id, body FROM draft_picture WHERE draft = ? ORDER BY record_id", [draft])
    for record_id, body in rows.fetchall():
        _append(db, record_id, body, made_by)


def digests(db: Database, draft: str) -> list[bytes]:
    """Return the digests of a draft's pictures."""
    return [row[0] for row in db.execute("SELECT sha256 FROM draft_picture WHERE draft = ?", [draft]).fetchall()]


def sweep(db: Database, digests: Iterable[bytes]) -> None:
    """Forget those of *digests* that no draft and no record names any more, inside the caller's transaction."""
    for sha256 in digests:
        db.execute(_SWEEP, {"sha256": sha256})
        db.execute("DELETE FROM delivery WHERE sha256 = :sha256 AND sha256 NOT IN (SELECT sha256 FROM attachment)",
                   {"sha256": sha256})  # fmt: skip


def damaged(db: Database) -> bool:
    """Read every picture and say whether any is not what its digest says."""
    rows = db.execute("SELECT sha256, data FROM picture")
    return any(hashlib.sha256(row[1]).digest() != row[0] for row in rows)


def data(db: Database, sha256: bytes) -> bytes:
    """Return a picture's bytes; raise NotFound."""
    row = db.execute("SELECT data FROM picture WHERE sha256 = ?", [sha256]).fetchone()
    if row is None:
        raise NotFound("picture.not_found")
    return bytes(row[0])


def _state(confirmed: int, held: int) -> str:
    return "confirmed" if confirmed else "sent" if held else "pending"


def _is_new(db: Database, about: Attachment) -> bool:
    there = [one.about for one in (*in_draft(db, about.application), *of(db, about.application))]
    if any(one.sha256 == about.sha256 for one in there):
        return False
    if len(there) >= MOST_PICTURES:
        raise Refused("picture.enough", most=str(MOST_PICTURES))
    return True


def _put(db: Database, about: Attachment, data: bytes) -> None:
    values: list[Any] = [about.digest, data]
    db.execute("INSERT INTO picture (sha256, data) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING", values)


def _append(db: Database, record_id: str, body: bytes, made_by: str) -> None:
    about = _decoder.decode(body)
    revision = Revision(
        record_id=record_id,
        kind="attachment",
        revision=1,
        form_version=about.form_version,
        made_at=now(),
        made_by=made_by,
        body=body,
    )
    journal.append(db, revision)
    deliveries.begin(db, about.digest)
