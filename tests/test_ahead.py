"""What is written while a message travels is used only where it is what has to be sent next."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from store import offers
from store.connection import write
from sync.ahead import WORTH_IT, Ahead
from tests.pair import Pair, known, new_pair
from wire.body import write_body
from wire.entry import Entry
from wire.header import CODECS, COLUMNS, GZIP, Codec

ENOUGH = 40


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


@pytest.fixture
def entries(pair: Pair) -> list[Entry]:
    entries = pair.submit(ENOUGH)
    assert offers.size_of(entries[: ENOUGH // 2]) > WORTH_IT
    return entries


@pytest.fixture
def ahead(entries: list[Entry]) -> Ahead:
    ahead = Ahead(offers.size_of)
    ahead.begin(entries[: ENOUGH // 2], CODECS)
    return ahead


def test_it_is_used_where_it_fits(ahead: Ahead, entries: list[Entry]):
    chosen = ahead.instead_of(entries, offers.size_of(entries))
    assert chosen == entries[: ENOUGH // 2]
    assert ahead.take(chosen, CODECS) == write_body(chosen, CODECS)


def test_it_is_not_used_where_it_is_too_much_or_too_little_or_another(ahead: Ahead, entries: list[Entry]):
    few = entries[:3]
    assert ahead.instead_of(few, offers.size_of(few)) is few
    later = entries[1:]
    assert ahead.instead_of(later, offers.size_of(later)) is later
    ahead.begin(entries[: ENOUGH // 2], CODECS)
    many = entries * 3
    assert ahead.instead_of(many, offers.size_of(many)) is many
    assert ahead.instead_of([], WORTH_IT) == []


def test_a_body_in_another_form_is_not_taken(ahead: Ahead, entries: list[Entry]):
    chosen = ahead.instead_of(entries, offers.size_of(entries))
    assert ahead.take(chosen, (COLUMNS, GZIP)) is None
    assert ahead.take(entries, CODECS) is None


def test_a_few_entries_are_not_worth_a_thread(entries: list[Entry]):
    ahead = Ahead(offers.size_of)
    ahead.begin(entries[:2], CODECS)
    assert ahead.take(entries[:2], CODECS) is None
    assert ahead.instead_of(entries, offers.size_of(entries)) is entries


def test_a_long_queue_arrives_by_what_was_written_ahead(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    used: list[int] = []
    take = Ahead.take

    def watched(self: Ahead, batch: list[Entry], codecs: Sequence[Codec]):
        body = take(self, batch, codecs)
        used.append(len(batch) if body else 0)
        return body

    monkeypatch.setattr(Ahead, "take", watched)
    with write(pair.db):
        offers.fitted(pair.db, WORTH_IT)
    sent = pair.submit(60)
    assert pair.exchange().complete
    assert sum(used) > 30
    assert pair.at_the_hub() == known(sent)
