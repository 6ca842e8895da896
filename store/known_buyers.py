"""Choosing a buyer the insurer knows (已知买方) by name, pinyin initials or credit code. All of it is indicative."""

from sqlite_utils import Database

from domain import known_buyer
from domain.known_buyer import KnownBuyer

MOST = 20
_SEARCH = """
SELECT body FROM known_buyer
WHERE instr(name, :typed) OR instr(initials, :small) OR instr(credit_code, :capital)
ORDER BY instr(name, :typed) = 0, name LIMIT :most
"""


def exist(db: Database) -> bool:
    """Say whether the insurer ever sent this point a list that names anybody."""
    return db.execute("SELECT 1 FROM known_buyer LIMIT 1").fetchone() is not None


def is_whole(db: Database) -> bool:
    """Say whether what is here adds up to the insurer's list."""
    row = db.execute("SELECT whole FROM buyer_list").fetchone()
    return row is not None and bool(row[0])


def search(db: Database, query: str, most: int = MOST) -> list[KnownBuyer]:
    """Return up to *most* buyers in whose name, initials or code *query* occurs; the first ones for an empty query."""
    typed = "".join(query.split())
    values = {"typed": typed, "small": typed.casefold(), "capital": typed.upper(), "most": most}
    return [known_buyer.decode(row[0]) for row in db.execute(_SEARCH, values)]


def find(db: Database, credit_code: str) -> KnownBuyer | None:
    """Return the buyer with this code, or None."""
    row = db.execute("SELECT body FROM known_buyer WHERE credit_code = ?", [credit_code]).fetchone()
    return known_buyer.decode(row[0]) if row else None
