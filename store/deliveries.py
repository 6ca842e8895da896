"""How much of each picture the hub holds, by its own signed word (照片传送): the mark of a file."""

from collections.abc import Sequence

import msgspec
from sqlite_utils import Database

from wire.header import Held

_HERE = "EXISTS (SELECT 1 FROM picture WHERE picture.sha256 = delivery.sha256)"
_UNFINISHED = f"""
SELECT delivery.sha256, max(attachment.size), held, sure FROM delivery
JOIN attachment ON attachment.sha256 = delivery.sha256
LEFT JOIN mark ON mark.producer = attachment.producer AND mark.epoch = attachment.epoch
WHERE complete = 0 AND iif(:unconfirmed, {_HERE},
    put_aside = 0 AND coalesce(mark.acked, 0) >= attachment.seq AND (sure = 0 OR {_HERE}))
GROUP BY delivery.sha256 ORDER BY min(attachment.journal)
"""
_BY_RECORD = """
SELECT application.reference, application.policyholder, count(*), total(attachment.size - held), min(put_aside)
FROM delivery JOIN attachment USING (sha256) JOIN application ON application.record_id = attachment.application
WHERE complete = 0 GROUP BY attachment.application ORDER BY min(attachment.journal) LIMIT ?
"""


class Waiting(msgspec.Struct, frozen=True):
    """A picture whose entry the hub has signed for, not yet all of its bytes. *sure* when *held* is its last word."""

    sha256: bytes
    size: int
    held: int
    sure: bool


class Load(msgspec.Struct, frozen=True):
    """The pictures of all records: how many there are, how many the hub holds, and the bytes it lacks."""

    total: int
    received: int
    bytes: int


class OfRecord(msgspec.Struct, frozen=True):
    """The pictures of one application that the hub lacks, and the bytes of them; *put_aside* when all of them wait."""

    reference: str
    policyholder: str
    count: int
    bytes: int
    put_aside: bool


def begin(db: Database, sha256: bytes) -> None:
    """Let a picture that a record names be delivered, inside the caller's transaction."""
    db.execute("INSERT INTO delivery (sha256) VALUES (?) ON CONFLICT (sha256) DO NOTHING", [sha256])


def came_back(db: Database) -> None:
    """Let the hub be asked for the pictures of entries that it gave back: the bytes of these may be there alone."""
    db.execute(
        "INSERT INTO delivery (sha256, sure) SELECT DISTINCT sha256, 0 FROM attachment WHERE true"
        " ON CONFLICT (sha256) DO NOTHING"
    )


def waiting(db: Database) -> list[Waiting]:
    """Return the pictures that may travel, or be asked for, now: their entries are confirmed, they are not.

    Oldest entry first. One that is not here is asked for until the hub's word on it is fresh.
    """
    return _unfinished(db, unconfirmed=False)


def unfinished(db: Database) -> list[Waiting]:
    """Return all pictures here that the hub lacks, confirmed or not their entries. Oldest entry first."""
    return _unfinished(db, unconfirmed=True)


def newest(db: Database) -> bytes | None:
    """Return the digest of the last picture, by the order of their entries, that the hub said it holds, or None."""
    row = db.execute(
        "SELECT delivery.sha256 FROM attachment JOIN delivery USING (sha256) WHERE complete = 1"
        " ORDER BY attachment.journal DESC LIMIT 1"
    ).fetchone()
    return bytes(row[0]) if row else None


def load(db: Database) -> Load:
    """Count the pictures of all records, each once."""
    total = db.execute("SELECT count(DISTINCT sha256) FROM attachment").fetchone()[0]
    lacking, missing = db.execute(
        "SELECT count(*), total((SELECT max(size) FROM attachment WHERE attachment.sha256 = delivery.sha256) - held)"
        " FROM delivery WHERE complete = 0"
    ).fetchone()
    return Load(total, total - lacking, int(missing))


def by_record(db: Database, limit: int) -> list[OfRecord]:
    """Return the applications of which the hub lacks pictures, oldest picture first."""
    rows = db.execute(_BY_RECORD, [limit]).fetchall()
    return [OfRecord(row[0], row[1], row[2], int(row[3]), bool(row[4])) for row in rows]


def put_aside(db: Database, application: str, aside: bool) -> None:
    """Let the pictures of an application wait, or go on, inside the caller's transaction; a stick takes them anyway."""
    db.execute(
        "UPDATE delivery SET put_aside = ?"
        " WHERE complete = 0 AND sha256 IN (SELECT sha256 FROM attachment WHERE application = ?)",
        [int(aside), application],
    )


def leaves(db: Database, sha256: bytes) -> None:
    """Remember, before its first byte leaves, that what the hub holds of this picture may change."""
    db.execute("UPDATE delivery SET sure = 0 WHERE sha256 = ?", [sha256])


def heard(db: Database, files: Sequence[Held], proof: bytes) -> int:
    """Keep what the hub signed that it holds; return how many pictures became complete by it.

    Complete is only what has our own digest and our own size; *proof* is the signed head that says so. Less than
    it had said of any is a loss: then no earlier word on any other is believed.
    """
    return sum(_heard(db, file, proof) for file in files)


def not_less(db: Database, files: Sequence[Held]) -> list[Held]:
    """Return those of *files* that say no less than is known here: on a stick an older word may come after a newer."""
    held = dict(db.execute("SELECT sha256, held FROM delivery").fetchall())
    return [file for file in files if file.held >= held.get(file.digest, 0)]


def forget(db: Database) -> None:
    """Believe no earlier word: the hub has lost something, so it may have lost any picture. It is asked again."""
    db.execute("UPDATE delivery SET sure = 0, complete = 0, proof = NULL")


def _heard(db: Database, file: Held, proof: bytes) -> int:
    row = db.execute(
        "SELECT complete, max(size) FROM delivery JOIN attachment USING (sha256) WHERE sha256 = ?", [file.digest]
    ).fetchone()
    known, size = row
    if size is None:
        return 0
    complete = file.held == size and not file.problem
    if known and not complete:
        forget(db)
    db.execute(
        "UPDATE delivery SET held = ?, sure = 1, complete = ?, proof = ? WHERE sha256 = ?",
        [min(file.held, size), complete, proof if complete else None, file.digest],
    )
    return int(complete and not known)


def _unfinished(db: Database, *, unconfirmed: bool) -> list[Waiting]:
    rows = db.execute(_UNFINISHED, {"unconfirmed": unconfirmed}).fetchall()
    return [Waiting(bytes(row[0]), row[1], row[2], bool(row[3])) for row in rows]
