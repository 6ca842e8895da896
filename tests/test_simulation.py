"""Thousands of short histories of one point and its hub on the real code, and bugs planted to see that they are found.

``TSHEG_SEED`` replays a run, ``TSHEG_SCHEDULES`` asks for more of them.
"""

import os
from collections.abc import Callable
from random import Random

import pytest

from hub.store import journal as hub_journal
from hub.store.engine import read
from store import installation
from store.connection import write
from tests.killing import seeded
from tests.planted import BUGS
from tests.simulation import Chance, Point, Stage, World, armed

SCHEDULES = int(os.environ.get("TSHEG_SCHEDULES", "120"))
PARTS = 4
STEPS = 12
TROUBLES = (0.0, 0.03, 0.1, 0.25)


class Schedule:
    """One history from its seed, and what must be true at its end."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.chance = Chance(Random(seed))
        self.world = World(stage, self.chance)

    def run(self, patch: pytest.MonkeyPatch) -> None:
        """Let things happen, then let the line be good, then look."""
        armed(patch, self.chance)
        trouble = self.chance.random.choice(TROUBLES)
        steps = [self.append] * 4 + [self.exchange] * 5 + [self.late, self.from_hub, self.back_up]
        seldom = [self.restore, self.rewind_hub, self.keep_hub, self.clone]
        for _ in range(STEPS):
            step = self.chance.random.choice(steps * 2 + seldom)
            self.chance.trouble = trouble if step == self.exchange else 0
            step()
        self.chance.trouble = 0
        self.settle()

    def append(self) -> None:
        self.someone().append()

    def exchange(self) -> None:
        self.world.exchange(self.someone())

    def late(self) -> None:
        self.world.line.deliver_late()

    def from_hub(self) -> None:
        self.world.hub_writes()

    def back_up(self) -> None:
        self.world.backups.append(self.world.copied(self.someone()))

    def restore(self) -> None:
        """Put a backup in the place of a point, as ``store.backup`` does: with a new epoch."""
        if self.world.backups:
            place = self.chance.random.randrange(len(self.world.points))
            self.world.points[place].db.conn.close()
            point = self.world.open(self.chance.random.choice(self.world.backups))
            self.world.points[place] = point
            with write(point.db):
                installation.begin_epoch(point.db, "JL", "restored")

    def clone(self) -> None:
        if len(self.world.points) < 2:
            self.world.points.append(self.world.open(self.world.copied(self.someone())))
            self.world.cloned = True

    def keep_hub(self) -> None:
        self.world.hubs.append(self.world.copied_hub())

    def rewind_hub(self) -> None:
        self.world.put_hub(self.chance.random.choice(self.world.hubs))
        self.world.hub_rewound = True

    def someone(self) -> Point:
        return self.chance.random.choice(self.world.points)

    def settle(self) -> None:
        """Let every copy take one more record into each of its streams and exchange until nothing moves."""
        for _ in range(2):
            for point in self.world.points:
                point.append()
                report = self.world.exchange(point)
                assert report
                assert report.problem in self.possible(), report.problem
                assert not report.waiting or point.frozen
                self.check(point, report.problem)
        self.check_hub()

    def possible(self) -> set[str]:
        """Return what may be said at the end: an alarm only where there is reason for one."""
        reasons = {"sync.fork": self.world.cloned, "sync.cursor": self.world.hub_rewound}
        return {"", *(problem for problem, there in reasons.items() if there)}

    def check(self, point: Point, problem: str) -> None:
        """What is not frozen is confirmed and at the hub, the same; and so is here what the hub wrote."""
        held, streams = self.world.at_the_hub("JL"), point.streams()
        # A hub that was set back is noticed by the stream that moves; one that ended before has nothing to say.
        looked_at = [point.epoch] if self.world.hub_rewound else list(streams)
        for epoch in set(looked_at) - point.frozen:
            assert point.acked()[epoch] == len(streams[epoch]), "not all confirmed"
            assert streams[epoch] == held[epoch][: len(streams[epoch])], "not the union"
        if problem == "":
            down = self.world.at_the_hub("hub/JL")
            theirs = point.streams(mine=False)
            assert all(theirs.get(epoch) == entries for epoch, entries in down.items()), "not all came down"

    def check_hub(self) -> None:
        """Every chain is whole, every record is there once."""
        with read(self.world.hub.engine) as connection:
            assert hub_journal.verify(connection) is None
        records = self.world.records_at_the_hub()
        assert len(records) == len(set(records))


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("stage"))


def run(stage: Stage, seed: int, plant: Callable[[pytest.MonkeyPatch], None] | None = None) -> None:
    with pytest.MonkeyPatch.context() as patch:
        schedule = Schedule(stage, seed)
        if plant:
            plant(patch)
        try:
            schedule.run(patch)
        finally:
            schedule.world.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_the_hub_is_the_union_of_its_points_and_no_fork_goes_unnoticed(stage: Stage, part: int):
    first = seeded().getrandbits(48)
    for number in range(part, SCHEDULES, PARTS):
        try:
            run(stage, first + number)
        except BaseException:
            print(f"schedule {number}")
            raise


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_it_finds(stage: Stage, bug: Callable[[pytest.MonkeyPatch], None]):
    first = seeded().getrandbits(48)
    for number in range(400):
        try:
            run(stage, first + number, bug)
        except Exception:
            return
    pytest.fail("the planted bug went unnoticed")
