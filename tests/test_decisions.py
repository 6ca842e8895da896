from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.words import Outcome
from store import decisions, rehearsal
from tests.pair import Pair, new_pair


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """A point with one application that the hub has decided."""
    pair = new_pair(tmp_path)
    pair.submit()
    pair.exchange()
    pair.exchange()
    yield pair
    pair.db.conn.close()


def application_of(pair: Pair) -> str:
    return pair.at_the_hub()[0][0]


def test_a_decision_waits_until_somebody_looks_at_it(pair: Pair) -> None:
    assert [outcome for _, _, outcome in decisions.unseen(pair.db)] == [Outcome.ACCEPTED]
    decisions.mark_seen(pair.db, application_of(pair))
    assert decisions.unseen(pair.db) == []


def test_looking_twice_changes_nothing(pair: Pair) -> None:
    decisions.mark_seen(pair.db, application_of(pair))
    before = pair.db.conn.total_changes
    decisions.mark_seen(pair.db, application_of(pair))
    assert pair.db.conn.total_changes == before


def test_what_was_seen_stays_seen_when_the_tables_are_made_again(pair: Pair, tmp_path: Path) -> None:
    assert rehearsal.differing(pair.db, tmp_path, "") == []
    decisions.mark_seen(pair.db, application_of(pair))
    assert rehearsal.differing(pair.db, tmp_path, "") == []


def test_what_waits_is_found_without_reading_every_decision(pair: Pair) -> None:
    plan = " ".join(row[3] for row in pair.db.execute(f"EXPLAIN QUERY PLAN {decisions.UNSEEN}", [20]))
    assert "decision_unseen" in plan
    assert "TEMP B-TREE" not in plan
