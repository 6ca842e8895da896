"""A point over its quota: told by the hub itself when to come again, and in the end everything has arrived once."""

import dataclasses
from pathlib import Path

from hub.exchange import exchange
from hub.installation import Installation
from hub.quota import Meter
from hub.rate import Rate
from sync.exchange import Report
from sync.exchange import exchange as exchanged
from tests.pair import Pair, known, new_pair
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


def test_it_comes_again_when_it_is_told_and_everything_arrives_once(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("sync.rounds.MOST_ENTRIES", 2)
    pair = new_pair(tmp_path)
    line, sent = Metered(pair.hub), pair.submit(9)
    reports = [at_once(pair, line)]
    while not reports[-1].complete and len(reports) < MOST_EXCHANGES:
        assert (reports[-1].problem, 0 < reports[-1].retry_after <= 60) == ("sync.busy", True)
        line.moment += reports[-1].retry_after
        reports.append(at_once(pair, line))
    assert reports[-1].complete
    assert line.problems.count(ProblemCode.QUOTA) == len(reports) - 1 >= 2
    assert pair.at_the_hub() == known(sent)


def test_who_does_not_wait_is_only_told_again(tmp_path: Path):
    pair = new_pair(tmp_path)
    line = Metered(pair.hub)
    pair.submit(1)
    for _ in range(5):
        at_once(pair, line)
    assert line.problems[2:] == [ProblemCode.QUOTA] * (len(line.problems) - 2)
