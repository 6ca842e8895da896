"""The pile (待打印): papers to be printed later, at this counter; each stays until it came out right."""

import msgspec
from sqlite_utils import Database

from domain.words import PaperSize, PrintReason, ScriptOrder
from store.clock import now
from store.connection import write

MOST = 200
_COLUMNS = """pile.id, pile.application, pile.paper, pile.script_order, pile.size, pile.reason, pile.words, pile.put_by,
    pile.put_at, application.reference, application.policyholder"""
_PUT = """
INSERT INTO pile (application, paper, script_order, size, reason, words, put_by, put_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (application, paper, script_order, size) DO UPDATE SET reason = excluded.reason, words = excluded.words
"""


class Wanted(msgspec.Struct, frozen=True):
    """Which paper of which application, in which look; why again, where it was printed before."""

    application: str
    paper: str
    order: ScriptOrder
    size: PaperSize = PaperSize.A4
    reason: PrintReason | None = None
    words: str = ""


class Waiting(msgspec.Struct, frozen=True):
    """One paper on the pile, who put it there and when, and of whom it is."""

    id: int
    wanted: Wanted
    put_by: str
    put_at: str
    reference: str
    policyholder: str


def put(db: Database, wanted: Wanted, by: str) -> None:
    """Put a paper on the pile; the same one again only says anew why."""
    with write(db):
        add(db, wanted, by)


def add(db: Database, wanted: Wanted, by: str) -> None:
    """Put a paper on the pile inside the caller's transaction."""
    look = [wanted.application, wanted.paper, wanted.order, wanted.size]
    db.execute(_PUT, [*look, wanted.reason, wanted.words, by, now()])


def everything(db: Database) -> list[Waiting]:
    """Return the pile from its bottom, in the order it will be printed."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM pile JOIN application ON application.record_id = pile.application ORDER BY pile.id"
    )
    return [_waiting(tuple(row)) for row in rows.fetchall()]


def of(db: Database, application: str) -> list[Waiting]:
    """Return the papers of one application that are on the pile."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM pile JOIN application ON application.record_id = pile.application"
        " WHERE pile.application = ? ORDER BY pile.id",
        [application],
    )
    return [_waiting(tuple(row)) for row in rows.fetchall()]


def count(db: Database) -> int:
    """Count the papers on the pile."""
    return int(db.execute("SELECT count(*) FROM pile").fetchone()[0])


def take_off(db: Database, ids: list[int]) -> None:
    """Take papers off the pile: they came out right, or nobody wants them any more."""
    with write(db):
        db.conn.executemany("DELETE FROM pile WHERE id = ?", [(one,) for one in ids])


def printed(db: Database, wanted: Wanted) -> None:
    """Take a paper off the pile that was printed by itself, inside the caller's transaction."""
    db.execute(
        "DELETE FROM pile WHERE application = ? AND paper = ? AND script_order = ? AND size = ?",
        [wanted.application, wanted.paper, wanted.order, wanted.size],
    )


def remove(db: Database, application: str) -> None:
    """Take the papers of an erased application off the pile, inside the caller's transaction."""
    db.execute("DELETE FROM pile WHERE application = ?", [application])


def _waiting(row: tuple[int, str, str, str, str, str | None, str, str, str, str, str]) -> Waiting:
    number, application, paper, order, size, reason, words, *rest = row
    wanted = Wanted(
        application, paper, ScriptOrder(order), PaperSize(size), PrintReason(reason) if reason else None, words
    )
    return Waiting(number, wanted, *rest)
