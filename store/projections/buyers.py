"""The insurer's buyers of this district: changes are applied as they come, the last part proves the whole."""

import msgspec
from sqlite_utils import Database

from domain import known_buyer
from domain.known_buyer import BuyerChange
from store.search_terms import initials_of
from wire.entry import Entry

_PUT = "INSERT OR REPLACE INTO known_buyer (credit_code, name, initials, body) VALUES (?, ?, ?, ?)"
_WHOLE = "INSERT OR REPLACE INTO buyer_list (id, version, whole) VALUES (1, ?, ?)"
_decoder = msgspec.json.Decoder(BuyerChange)


def project(db: Database, _journal_id: int, entry: Entry) -> None:
    """Take what is new out of one part, and what left."""
    change = _decoder.decode(entry.body)
    if change.fresh and change.part == 1:
        db.execute("DELETE FROM known_buyer")
    db.conn.executemany("DELETE FROM known_buyer WHERE credit_code = ?", [(code,) for code in change.drop])
    db.conn.executemany(_PUT, [_row(bytes(body)) for body in change.put])
    db.execute(_WHOLE, [change.version, change.part == change.parts and _is_whole(db, change)])


def clear(db: Database) -> None:
    """Forget all buyers."""
    db.execute("DELETE FROM known_buyer")
    db.execute("DELETE FROM buyer_list")


def _row(body: bytes) -> tuple[str, str, str, bytes]:
    buyer = known_buyer.decode(body)
    return buyer.credit_code, buyer.name, initials_of(buyer.name), body


def _is_whole(db: Database, change: BuyerChange) -> bool:
    bodies = [row[0] for row in db.execute("SELECT body FROM known_buyer ORDER BY credit_code")]
    return len(bodies) == change.count and known_buyer.digest_of(bodies) == change.digest
