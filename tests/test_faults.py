"""Sessions over lines that are slow, broken or lying: nothing is lost, doubled or shown as received in vain."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from hub.installation import Installation, open_installation
from hub.store import journal
from hub.store.engine import read
from tests import insurer, workers
from tests.faults import planted
from tests.faults.kinds import FAULTS, Fault
from tests.faults.line import Line, bad_lines
from tests.faults.outpost import Exchange, Outpost, honestly, outposts
from tests.killing import figure, often, running, seeded
from tests.launched import free_port

SESSIONS = 300
POINTS = 20
FEW_POINTS, FEW_SESSIONS = 4, 10


@pytest.fixture
def hub(tmp_path: Path) -> Installation:
    """A hub whose database the served hub shares with the test."""
    return insurer.with_product(open_installation(insurer.settings(tmp_path / "hub")))


@pytest.fixture
def port(hub: Installation) -> Iterator[int]:
    """The port where the hub is served, in a process of its own."""
    port = free_port()
    with running(workers.serve_hub, hub.settings.data, port) as serving:
        serving.listen()
        yield port


def hold_sessions(
    points: list[Outpost], port: int, chance: Random, count: int, talk: Exchange, faults: dict[str, Fault]
) -> Counter[str]:
    """Hold *count* sessions of each point, all points at once; heal; return how often each fault was met."""
    seed = chance.getrandbits(32)

    def all_of(point: Outpost, line: Line) -> Counter[str]:
        own = Random(f"{seed} {point.code} applications")
        for _ in range(count):
            point.session(own, line.url, talk)
        return line.met

    with ThreadPoolExecutor(len(points)) as pool:
        with bad_lines(port, [point.code for point in points], seed, faults) as lines:
            met = sum(pool.map(lambda point: all_of(point, lines[point.code]), points), Counter())
        list(pool.map(lambda point: point.heal(f"http://127.0.0.1:{port}"), points))
    return met


def test_no_line_loses_doubles_or_confirms_in_vain(hub: Installation, port: int, tmp_path: Path):
    points = outposts(hub, tmp_path, POINTS)
    met = hold_sessions(points, port, seeded(), often(SESSIONS) // POINTS, honestly, FAULTS)
    assert [problem for point in points for problem in point.problems()] == []
    assert set(met) == set(FAULTS)
    with read(hub.engine) as connection:
        assert journal.verify(connection) is None
    figure("faults.sessions", often(SESSIONS), "sessions")
    figure("faults.requests", met.total(), "requests")
    figure("faults.applications", sum(len(point.taken) for point in points), "applications")


def is_found(points: list[Outpost], port: int, talk: Exchange, faults: dict[str, Fault]) -> bool:
    """Say whether a few sessions with a planted bug are called wrong."""
    try:
        hold_sessions(points, port, seeded(), FEW_SESSIONS, talk, faults)
    except AssertionError:
        return True
    return any(problem for point in points for problem in point.problems())


@pytest.fixture
def few(hub: Installation, tmp_path: Path) -> list[Outpost]:
    """A few points."""
    return outposts(hub, tmp_path, FEW_POINTS)


def some(*names: str) -> dict[str, Fault]:
    """Return some of the faults."""
    return {name: FAULTS[name] for name in names}


def test_nothing_is_found_where_nothing_is_planted(few: list[Outpost], port: int):
    assert not is_found(few, port, honestly, some("nothing", "portal", "answer_lost", "old_answer", "empty"))


def test_a_point_that_believes_any_page_is_found(few: list[Outpost], port: int):
    assert is_found(few, port, planted.believing_any_page, some("nothing", "portal", "answer_lost"))


def test_a_point_that_enters_again_what_seems_lost_is_found(few: list[Outpost], port: int):
    assert is_found(few, port, planted.typing_it_again, some("nothing", "portal", "answer_lost"))


def test_a_point_that_believes_any_acknowledgement_is_found(few: list[Outpost], port: int, monkeypatch):
    planted.believing_any_acknowledgement(monkeypatch)
    assert is_found(few, port, honestly, some("nothing", "old_answer"))


def test_a_line_that_signs_for_what_never_arrives_is_found(hub: Installation, few: list[Outpost], port: int):
    lying = {"signed": planted.signing_for_what_never_arrives(hub)}
    assert is_found(few, port, honestly, some("nothing", "portal") | lying)
