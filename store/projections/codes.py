"""Code lists: the newest version of each takes the place of the one before, all of it at once."""

import msgspec
from sqlite_utils import Database

from domain.codelist import CodeList
from wire.entry import Entry

_decoder = msgspec.json.Decoder(CodeList)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Offer the words of this version instead of those of an older one."""
    new = _decoder.decode(entry.body)
    db.execute("DELETE FROM code_list WHERE id = ? AND version <= ?", [new.id, new.version])
    added = db.execute(
        "INSERT OR IGNORE INTO code_list (id, version, journal) VALUES (?, ?, ?)", [new.id, new.version, journal_id]
    )
    if added.rowcount:
        rows = [(new.id, place, item.code, item.zh, item.bo) for place, item in enumerate(new.items)]
        db.conn.executemany("INSERT INTO code (list, place, code, zh, bo) VALUES (?, ?, ?, ?, ?)", rows)


def clear(db: Database) -> None:
    """Forget all lists."""
    db.execute("DELETE FROM code_list")
