"""A point over its quota: told by the hub itself when to come again, and in the end everything has arrived once."""

import dataclasses
from pathlib import Path

from hub.exchange import exchange
from hub.installation import Installation
from hub.quota import Meter
from hub.rate import Rate
from store import ledger
from store.backup import back_up, restore
from store.connection import connect
from sync.exchange import Report
from sync.exchange import exchange as exchanged
from tests.pair import Pair, known, new_pair
from tests.test_pieces import at_the_hub, attach, some_bytes, states
from wire.header import ProblemCode

MOST_EXCHANGES = 20


class Metered:
    """A line on which the hub counts, two requests a minute by a clock that only the test moves."""

    def __init__(self, hub: Installation) -> None:
        settings = dataclasses.replace(hub.settings, point_requests_per_minute=2)
        self.hub = dataclasses.replace(hub, settings=settings)
        self.moment = 0.0
        self.meter = Meter(Rate(lambda: self.moment))
        self.problems: list[ProblemCode | None] = []

    def send(self, message: bytes) -> bytes:
        """Bring *message* to the hub and its answer back."""
        answer = exchange(self.hub, message, self.meter)
        self.problems.append(answer.problem)
        return answer.body


def at_once(pair: Pair, line: Metered) -> Report:
    return exchanged(pair.db, pair.key, pair.here, line)


def until_complete(pair: Pair, line: Metered) -> list[Report]:
    """Exchange, waiting as told, until nothing is left."""
    reports = [at_once(pair, line)]
    while not reports[-1].complete and len(reports) < MOST_EXCHANGES:
        assert (reports[-1].problem, 0 < reports[-1].retry_after <= 60) == ("sync.busy", True)
        line.moment += reports[-1].retry_after
        reports.append(at_once(pair, line))
    assert reports[-1].complete
    return reports


def test_it_comes_again_when_it_is_told_and_everything_arrives_once(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("sync.rounds.MOST_ENTRIES", 2)
    pair = new_pair(tmp_path)
    line, sent = Metered(pair.hub), pair.submit(9)
    reports = until_complete(pair, line)
    assert line.problems.count(ProblemCode.QUOTA) == len(reports) - 1 >= 2
    assert pair.at_the_hub() == known(sent)


def test_who_does_not_wait_is_only_told_again(tmp_path: Path):
    pair = new_pair(tmp_path)
    line = Metered(pair.hub)
    pair.submit(1)
    for _ in range(5):
        at_once(pair, line)
    assert line.problems[2:] == [ProblemCode.QUOTA] * (len(line.problems) - 2)


def test_a_long_history_comes_back_and_every_picture_goes_however_slowly(tmp_path: Path):
    pair = new_pair(tmp_path)
    back_up(pair.db, tmp_path / "backup", "")
    sent = pair.submit(9)
    pair.exchange()
    pair.db.conn.close()
    restore(tmp_path / "backup", pair.path, "", tmp_path / "aside.db")
    pair.db = connect(pair.path)
    (latest,) = pair.submit()
    for seed in range(9):
        attach(pair, latest, some_bytes(1000, seed))
    line = Metered(dataclasses.replace(pair.hub, settings=dataclasses.replace(pair.hub.settings, reply_entries=2)))
    reports = until_complete(pair, line)
    assert len(reports) > 5
    assert pair.at_the_hub() == known([*sent, latest])
    assert ledger.count(pair.db).confirmed == 10
    assert states(pair, latest) == ["confirmed"] * 9
    assert sorted(at_the_hub(pair, latest)) == sorted(some_bytes(1000, seed) for seed in range(9))


def test_a_hub_that_asks_to_wait_is_not_called_out_of_reach(tmp_path: Path):
    pair = new_pair(tmp_path)
    pair.submit(1)
    line = Metered(pair.hub)
    for _ in range(3):
        at_once(pair, line)
    contact = ledger.contact(pair.db)
    assert (contact.up, contact.problem) == (True, "sync.busy")
