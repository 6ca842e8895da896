"""Pictures on a stick: out with the records or after them, back as the hub's signed word of what it holds."""

from pathlib import Path
from random import Random

import pytest

from store import attachments, deliveries
from store.connection import write
from sync import stick as point_stick
from sync import stick_out
from tests.courier import Carried, carried
from tests.photographs import announced
from tests.test_pieces import at_the_hub, brought, states
from wire.entry import Entry


@pytest.fixture
def pair(tmp_path: Path) -> Carried:
    return carried(tmp_path)


@pytest.fixture
def application(pair: Carried) -> Entry:
    (application,) = pair.submit()
    attach(pair, application, 1)
    return application


def attach(pair: Carried, application: Entry, seed: int) -> bytes:
    data = Random(seed).randbytes(9000)
    attachments.add(pair.db, announced(data, application.record_id), data, "示例柜员")
    return data


def test_a_picture_goes_out_beside_its_record_and_comes_back_as_received(pair: Carried, application: Entry):
    names = [path.name for path in pair.out()]
    assert names == [f"TSHEG_JL_{application.epoch}_1-2.age", "TSHEG_JL_pictures_1-1.age"]
    assert [one.problem for one in pair.at_hub()] == ["", ""]
    assert len(at_the_hub(pair, application)) == 1
    pair.back()
    assert states(pair, application) == ["pending"]
    assert [one.problem for one in pair.home()] == ["", ""]
    assert states(pair, application) == ["confirmed"]


def test_many_pictures_fill_several_files(pair: Carried, application: Entry, monkeypatch: pytest.MonkeyPatch):
    attach(pair, application, 2)
    attach(pair, application, 3)
    monkeypatch.setattr(stick_out, "MESSAGES_A_FILE", 2)
    written = point_stick.export(pair.db, pair.keys, pair.stick)
    assert [one.pictures for one in written] == [0, 2, 1]
    pair.at_hub()
    pair.back()
    pair.home()
    assert states(pair, application) == ["confirmed"] * 3


def test_every_bundle_of_pictures_is_answered_however_many_came(
    pair: Carried, application: Entry, monkeypatch: pytest.MonkeyPatch
):
    for seed in (2, 3, 4):
        attach(pair, application, seed)
    monkeypatch.setattr(stick_out, "MESSAGES_A_FILE", 2)
    pair.out()
    pair.at_hub()
    assert [path.name for path in pair.back()][-2:] == [
        "TSHEG_JL_pictures_1-2.return.age",
        "TSHEG_JL_pictures_3-4.return.age",
    ]
    pair.home()
    assert states(pair, application) == ["confirmed"] * 4


def test_what_a_stick_brought_does_not_go_by_line_again(pair: Carried, application: Entry):
    pair.out()
    pair.at_hub()
    assert pair.exchange().complete
    assert brought(pair) == []
    assert states(pair, application) == ["confirmed"]


def test_an_old_stick_takes_nothing_back(pair: Carried, application: Entry):
    pair.out()
    empty = pair.hub
    pair.exchange()
    assert states(pair, application) == ["confirmed"]
    pair.at_hub()
    pair.back()
    pair.home()
    assert (pair.hub, states(pair, application)) == (empty, ["confirmed"])


def test_a_stick_from_before_the_hub_lost_its_tail_proves_nothing(pair: Carried, application: Entry):
    pair.out()
    pair.at_hub()
    pair.back()
    with write(pair.db):
        pair.db.execute("UPDATE bundled SET acked = -1")
        deliveries.forget(pair.db)
    pair.home()
    assert "confirmed" not in states(pair, application)


def test_a_stick_that_is_taken_again_changes_nothing(pair: Carried, application: Entry):
    data = attach(pair, application, 4)
    for _ in range(2):
        pair.out()
        pair.at_hub()
        pair.at_hub()
    assert data in at_the_hub(pair, application)
    assert len(at_the_hub(pair, application)) == 2
