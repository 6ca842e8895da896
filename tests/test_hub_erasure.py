"""Erasing at the hub: when the point says so, what the law lets go, on either database, also after a set-back."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from domain.canonical import canonical
from domain.command import CarriedOut
from domain.errors import Conflict, NotFound
from hub import orders
from hub.decisions import Subject, ask, still_waiting
from hub.installation import open_installation
from hub.store import applications as at_hub
from hub.store import journal as hub_journal
from hub.store import points
from hub.store.engine import read, write
from hub.store.rebuilding import rebuild
from store import journal
from store.connection import write as write_here
from tests import insurer
from tests.erasing import HALF_ERASED, SECRET, found, ordered_erasure, result, secret, taken
from tests.insurer import Counter, application, for_underwriter
from tests.pair import STAMP, Pair, new_pair
from tests.sample import PRODUCT
from tests.tampering import run
from wire.entry import Revision


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def test_the_hub_can_make_its_tables_again(pair: Pair):
    record = taken(pair, secret())
    pair.submit(2)
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    with write(pair.hub.engine) as connection:
        before = at_hub.every(connection)
        rebuild(connection)
        assert at_hub.every(connection) == before
        assert len(before) == 2


def test_a_hub_that_was_set_back_takes_the_erased_entry_as_it_is(pair: Pair, tmp_path: Path):
    shutil.copytree(tmp_path / "hub", tmp_path / "before")
    pair.submit()
    record = taken(pair, secret())
    pair.submit()
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    pair.line.hub = open_installation(insurer.settings(tmp_path / "before"))
    pair.submit()
    assert pair.exchange().waiting == 0
    with read(pair.line.hub.engine) as connection:
        assert hub_journal.verify(connection) is None
        assert hub_journal.erased(connection) == 1
        assert len(at_hub.every(connection)) == 3


def test_a_policy_is_kept_as_long_as_the_law_says(pair: Pair):
    record = taken(pair, application(STAMP))
    pair.exchange()
    with pytest.raises(Conflict, match=r"command\.kept_by_law"):
        ordered_erasure(pair, record)


def test_a_point_cannot_make_the_hub_forget_a_policy(pair: Pair):
    record = taken(pair, application(STAMP))
    pair.exchange()
    said = CarriedOut(command="0" * 36, verb="erase", subject=str(record.record_id), result="done")
    with write_here(pair.db):
        journal.append(
            pair.db,
            Revision(
                record_id="9" * 36, kind="carried_out", revision=1, form_version=1,
                made_at="2026-01-01T00:00:00Z", made_by="point", body=canonical(said),
            ),
        )  # fmt: skip
    assert pair.exchange().complete
    with read(pair.hub.engine) as connection:
        assert at_hub.find(connection, "JL", str(record.record_id)).policy_number


def test_a_point_cannot_make_the_hub_forget_what_it_was_not_told_to(pair: Pair):
    record, other = taken(pair, secret()), taken(pair, for_underwriter(STAMP))
    pair.exchange()
    command = orders.erase(pair.hub, "JL", str(other.reference), "示例")
    with write_here(pair.db):
        for number, about in enumerate((command, "0" * 36)):
            said = CarriedOut(command=about, verb="erase", subject=str(record.record_id), result="done")
            journal.append(
                pair.db,
                Revision(
                    record_id=f"{number:036}", kind="carried_out", revision=1, form_version=1,
                    made_at="2026-01-01T00:00:00Z", made_by="point", body=canonical(said),
                ),
            )  # fmt: skip
    assert pair.exchange().complete
    with read(pair.hub.engine) as connection:
        assert at_hub.find(connection, "JL", str(record.record_id)).policyholder == SECRET


def test_nothing_is_decided_on_what_is_to_be_erased(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    with read(pair.hub.engine) as connection:
        assert still_waiting(connection, "JL", str(record.record_id), 1)
    ordered_erasure(pair, record)
    with read(pair.hub.engine) as connection, pytest.raises(Conflict, match=r"command\.to_be_erased"):
        still_waiting(connection, "JL", str(record.record_id), 1)


def test_it_refuses_an_application_nobody_sent(pair: Pair):
    with pytest.raises(NotFound):
        orders.erase(pair.hub, "JL", "JL-26-0000-0000-0", "示例")


def test_a_decision_on_its_way_down_is_followed_by_a_second_command(pair: Pair):
    record = taken(pair, secret())
    pair.exchange()
    ordered_erasure(pair, record)
    with write(pair.hub.engine) as connection:
        ask(connection, Subject("JL", str(record.record_id), 1, str(record.reference)), (PRODUCT.documents[0].id,), "x")
    assert pair.exchange().complete
    pair.exchange()
    assert result(pair.hub) == ["done", "done"]
    assert journal.erased(pair.db) == 2
    assert pair.db.execute("SELECT count(*) FROM decision").fetchone()[0] == 0


def test_of_a_point_that_is_gone_the_hub_erases_at_once(pair: Pair, tmp_path: Path):
    record = taken(pair, secret())
    pair.exchange()
    with write(pair.hub.engine) as connection:
        points.revoke(connection, "JL")
    ordered_erasure(pair, record)
    assert found(tmp_path / "hub") == set()
    with read(pair.hub.engine) as connection:
        assert hub_journal.verify(connection) is None
    assert result(pair.hub) == [None]


def test_it_is_the_same_on_either_database(counter: Counter):
    record = for_underwriter(counter.stamp)
    counter.write(record)
    counter.write(for_underwriter(counter.stamp))
    counter.send()
    with write(counter.hub.engine) as connection:
        ask(connection, Subject("JL", str(record.record_id), 1, str(record.reference)), (PRODUCT.documents[0].id,), "x")
    command = orders.erase(counter.hub, "JL", str(record.reference), "示例")
    said = CarriedOut(command=command, verb="erase", subject=str(record.record_id), result="done")
    counter.append("9" * 36, canonical(said), kind="carried_out")
    counter.send()
    counter.down.clear()
    counter.send([])
    assert [entry.kind for entry in counter.down if entry.erased] == ["decision"]
    with write(counter.hub.engine) as connection:
        assert (hub_journal.erased(connection), hub_journal.verify(connection)) == (2, None)
        before = at_hub.every(connection)
        rebuild(connection)
        assert at_hub.every(connection) == before
    assert len(before) == 1
    assert result(counter.hub) == ["done"]


@pytest.mark.parametrize("change", HALF_ERASED)
def test_no_other_change_passes_the_triggers_of_the_hub(counter: Counter, change: str):
    counter.write(for_underwriter(counter.stamp))
    counter.send()
    with pytest.raises(DatabaseError, match="append-only"), write(counter.hub.engine) as connection:
        run(connection, change.format("entry"))
