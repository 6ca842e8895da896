"""A page must not get slower with the years: whatever it asks the database, an index answers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from domain.visits import Limit
from domain.words import BlankState
from store import (
    applications,
    blanks,
    decisions,
    drafts,
    erasure,
    exchange,
    history,
    journal,
    ledger,
    limits,
    migrations,
    pile,
    prints,
    queue,
    sessions,
    signatures,
    status,
    visits,
)
from store.connection import connect
from tests.sample import APPLICATION, TODAY

GROWING = ("activity", "application", "attachment", "blank", "decision", "draft", "invoice", "journal", "print",
           "session", "visit")  # fmt: skip
RECORD = "01936b2e-7c00-7000-8000-000000000001"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty point whose stream is known, so that every query is asked."""
    db = connect(tmp_path / "point.db")
    migrations.migrate(db)
    db.execute("INSERT INTO epoch (producer, epoch, started_at, reason) VALUES ('JL', 'e', '2026-11-20', 'installed')")
    yield db
    db.conn.close()


LISTS: list[Callable[[Database], Any]] = [
    decisions.unseen,
    applications.page,
    lambda db: applications.page(db, before=9),
    lambda db: applications.page(db, outcome="undecided"),
    lambda db: applications.page(db, outcome="accepted"),
    lambda db: applications.page(db, before=9, outcome="accepted"),
    lambda db: applications.search(db, "示例"),
    lambda db: blanks.page(db, BlankState.OUT),
    lambda db: blanks.page(db, BlankState.USED, before=9),
]
OTHERS: list[Callable[[Database], Any]] = [
    ledger.count,
    lambda db: ledger.taken_on(db, TODAY),
    lambda db: ledger.waiting(db, "supplement"),
    lambda db: decisions.of(db, RECORD),
    lambda db: decisions.mark_seen(db, RECORD),
    lambda db: drafts.mine(db, "nobody"),
    lambda db: sessions.find(db, "token"),
    exchange.waiting,
    queue.page,
    queue.load,
    limits.room,
    lambda db: exchange.next_batch(db, 1, 1),
    lambda db: applications.same_invoice(db, APPLICATION),
    lambda db: journal.find(db, RECORD),
    lambda db: journal.head(db, "JL", "e"),
    lambda db: history.of(db, RECORD),
    lambda db: status.record_of(db, "JL-26-4F7K-9QTM-W", "0" * 16),
    lambda db: prints.of(db, RECORD),
    lambda db: prints.find(db, RECORD),
    lambda db: signatures.of(db, RECORD, 1),
    lambda db: blanks.reference_of(db, RECORD),
    lambda db: blanks.of_series(db, RECORD),
    blanks.outstanding,
    lambda db: applications.taken_on(db, TODAY),
    lambda db: pile.of(db, RECORD),
    pile.everything,
    lambda db: erasure.is_confirmed(db, RECORD),
    lambda db: visits.recent(db, "apply", b"", 1e9),
    lambda db: visits.count(db, [Limit("status", b"", 1)], 1e9),
]


@pytest.mark.parametrize("ask", [*LISTS[2:], *OTHERS])
def test_nothing_that_grows_is_read_as_a_whole(db: Database, ask: Callable[[Database], Any]) -> None:
    assert {f"SCAN {table}" for table in GROWING} & set(plan(db, ask)) == set()


@pytest.mark.parametrize("ask", LISTS)
def test_a_list_comes_in_its_order_and_is_not_sorted(db: Database, ask: Callable[[Database], Any]) -> None:
    assert [step for step in plan(db, ask) if "ORDER BY" in step] == []


def plan(db: Database, ask: Callable[[Database], Any]) -> list[str]:
    """Return SQLite's plan of everything that *ask* asks."""
    asked: list[tuple[str, Any]] = []
    with db.tracer(lambda sql, values: asked.append((sql, values))):
        ask(db)
    assert asked
    return [row[3] for sql, values in asked for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values or [])]
