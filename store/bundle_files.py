"""Bundles that left (带走的数据包): on a stick or fetched by a browser, and not yet signed for by the hub."""

import msgspec
from sqlite_utils import Database

from store.clock import now
from wire.entry import Entry

STICK, DOWNLOAD = "stick", "download"
_CONFIRMED = """
last_seq > 0 AND last_seq <= (
    SELECT acked FROM mark WHERE mark.producer = bundle_file.producer AND mark.epoch = bundle_file.epoch
)
"""
_OPEN = f"""
SELECT name, way, entries, bytes, made_at, fetched_at FROM bundle_file WHERE NOT coalesce({_CONFIRMED}, 0)
ORDER BY made_at DESC, name
"""


class BundleFile(msgspec.Struct, frozen=True):
    """One file: how many entries it holds (0 only asks for news), its bytes, and when it was made and last fetched."""

    name: str
    way: str
    entries: int
    bytes: int
    made_at: str
    fetched_at: str | None


def made(db: Database, name: str, way: str, last: Entry | None, entries: int, size: int) -> None:
    """Remember a bundle that is whole where it is, and forget those of which the hub has signed for every entry."""
    db.execute(f"DELETE FROM bundle_file WHERE {_CONFIRMED}")
    place = (last.producer, last.epoch, last.seq) if last else ("", "", 0)
    db.execute(
        "INSERT OR REPLACE INTO bundle_file (name, way, producer, epoch, last_seq, entries, bytes, made_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [name, way, *place, entries, size, now()],
    )


def fetched(db: Database, name: str) -> None:
    """Remember that a browser asked for *name*; whether it arrived anywhere nobody here knows."""
    db.execute("UPDATE bundle_file SET fetched_at = ? WHERE name = ? AND way = ?", [now(), name, DOWNLOAD])


def came_back(db: Database, name: str) -> None:
    """Forget a bundle to which the answer is here, however it left."""
    db.execute("DELETE FROM bundle_file WHERE name = ?", [name])


def keep_downloads(db: Database, names: set[str]) -> None:
    """Forget every bundle made ready for a browser but *names*."""
    for (name,) in db.execute("SELECT name FROM bundle_file WHERE way = ?", [DOWNLOAD]).fetchall():
        if name not in names:
            db.execute("DELETE FROM bundle_file WHERE name = ? AND way = ?", [name, DOWNLOAD])


def awaited(db: Database) -> list[BundleFile]:
    """Return those to which no answer has come, newest first."""
    return [BundleFile(*row) for row in db.execute(_OPEN).fetchall()]
