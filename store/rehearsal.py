"""Prove that the projections follow from the journal (重建核对): rebuild them in a private copy and compare."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from store import disk, journal
from store.connection import write
from store.contents import opened

TABLES = ("activity", "attachment", "blank", "buyer_list", "calendar", "code", "code_list", "command", "decision",
          "known_buyer", "lead", "limits", "print", "product", "tally")  # fmt: skip
SEARCH = "application_search"
# Rows of applications are known by their record: once one was erased, a rebuild numbers those after it anew.
_APPLICATIONS = "SELECT {} FROM application ORDER BY id"
_INVOICES = """
SELECT record_id, seller, number, invoice.buyer FROM invoice JOIN application ON application.id = invoice.application
ORDER BY 1, 2, 3, 4
"""
_FOUND = "SELECT term, record_id FROM temp.term LEFT JOIN application ON application.id = doc ORDER BY 1, 2"
_TERMS = f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.term USING fts5vocab(main, {SEARCH}, instance)"

Rows = dict[str, str]


def differing(db: Database, folder: Path, key: str, step: Callable[[int], None] = lambda _count: None) -> list[str]:
    """Return the tables that a rebuild would change; the copy lives in *folder* meanwhile."""
    with TemporaryDirectory(dir=folder, prefix="rehearsal-") as place:
        copy = Path(place) / "copy.db"
        disk.create_private(copy)
        db.execute("VACUUM INTO ?", [str(copy)])
        with opened(copy, key) as aside:
            before = digests(aside)
            with write(aside):
                journal.rebuild(aside, step)
            after = digests(aside)
    return [table for table, rows in before.items() if after[table] != rows]


def digests(db: Database) -> Rows:
    """Return table → SHA-256 over all of its rows, for every projection and the search index."""
    db.execute(_TERMS)
    rows = {table: _digest(db, f"SELECT * FROM {table} ORDER BY {_columns(db, table)}") for table in TABLES}
    named = _APPLICATIONS.format(_columns(db, "application").removeprefix("id, "))
    return rows | {"application": _digest(db, named), "invoice": _digest(db, _INVOICES), SEARCH: _digest(db, _FOUND)}


def _columns(db: Database, table: str) -> str:
    return ", ".join(row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", [table]))


def _digest(db: Database, query: str) -> str:
    digest = hashlib.sha256()
    for row in db.execute(query):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()
