"""How a history ends: the line is good, or somebody carries sticks, until nothing moves; then every old stick comes."""

from store import exchange as store
from tests import promises
from tests.simulation import Point, World
from tests.sticks import Sticks

TRIPS = 4


def settle(world: World, sticks: Sticks, by_line: bool) -> None:
    """Let every copy take one more record and exchange, then bring what still lies about, and look."""
    _come_to_rest(world, sticks, by_line)
    if sticks.files(back=False):
        before = [promises.marks(point) for point in world.points]
        _bring(world, sticks)
        if world.cloned or before != [promises.marks(point) for point in world.points]:
            _come_to_rest(world, sticks, by_line)
    promises.check_hub(world)


def _come_to_rest(world: World, sticks: Sticks, by_line: bool) -> None:
    # Who came first hears only the second time that another copy has gone another way.
    said: dict[int, str] = {}
    for point in (*world.points, *world.points[:-1]):
        point.append()
        said[id(point)] = _called(world, point) if by_line else _carried(sticks, point)
        assert not store.waiting(point.db) or promises.frozen(point), "still waiting"
    for point in world.points:
        promises.check_settled(world, point, said[id(point)])


def _called(world: World, point: Point) -> str:
    report = world.exchange(point)
    assert report
    return report.problem


def _carried(sticks: Sticks, point: Point) -> str:
    for _ in range(TRIPS):
        problem = sticks.trip(point)
        if not store.next_batch(point.db, 1, 1):
            break
    return "sync.fork" if promises.frozen(point) else problem


def _bring(world: World, sticks: Sticks) -> None:
    _bring_home(world, sticks)
    for file in sticks.files(back=False):
        sticks.to_hub(file)
    sticks.give(sticks.folders[0])
    _bring_home(world, sticks)
    promises.check_marks(world)


def _bring_home(world: World, sticks: Sticks) -> None:
    for point in world.points:
        before = promises.marks(point)
        for file in sticks.files(back=True):
            sticks.home(point, file)
        promises.check_not_taken_back(world, point, before)
