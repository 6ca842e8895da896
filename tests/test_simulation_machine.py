"""The same world driven by Hypothesis, which looks after every step and makes what it finds as short as it can.

``TSHEG_EXAMPLES`` asks for that many, other ones each time.
"""

import os
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests import planted, planted_by_stick, promises
from tests.chance import Chance, armed
from tests.histories import CLONES
from tests.planted import Plant
from tests.settling import settle
from tests.simulation import Point, Stage, World
from tests.sticks import Sticks

EXAMPLES = int(os.environ.get("TSHEG_EXAMPLES", "0"))
IN_CI = settings(
    max_examples=EXAMPLES or 80,
    stateful_step_count=15,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
FINDING = settings(IN_CI, max_examples=400, phases=[Phase.generate], derandomize=True)

which = st.integers(0, 3)
struck = st.sets(st.integers(0, 12), max_size=2)


class Chosen(Chance):
    """Goes wrong at the opportunities that were chosen for one step, counted from 0."""

    struck: frozenset[int] | set[int] = frozenset()
    opportunity = -1

    def at(self, struck: set[int]) -> None:
        """Choose for the next step."""
        self.struck, self.opportunity = struck, -1

    def strikes(self) -> bool:
        self.opportunity += 1
        return self.opportunity in self.struck


class Machine(RuleBasedStateMachine):
    """Every kind of step is a rule; *who* and *which* count round."""

    def __init__(self, stage: Stage, plant: Plant | None = None) -> None:
        super().__init__()
        self.chance, self.patch = Chosen(Random(0)), pytest.MonkeyPatch()
        self.world = World(stage, self.chance, lambda: self.world.hub_writes())
        self.sticks = Sticks(self.world, self.chance)
        if plant:
            plant(self.patch)
        armed(self.patch, self.chance, 0)

    def point(self, who: int) -> Point:
        return self.world.points[who % len(self.world.points)]

    @rule(who=which)
    def append(self, who: int) -> None:
        self.point(who).append()

    @rule(who=which, struck=struck)
    def exchange(self, who: int, struck: set[int]) -> None:
        self.chance.at(struck)
        self.world.exchange(self.point(who))

    @precondition(lambda self: self.world.line.late)
    @rule()
    def late(self) -> None:
        self.chance.at(set())
        self.world.line.deliver_late()

    @rule()
    def from_hub(self) -> None:
        self.world.hub_writes()

    @rule(who=which)
    def back_up(self, who: int) -> None:
        self.world.back_up(self.point(who))

    @rule(who=which, copy=which)
    def restore(self, who: int, copy: int) -> None:
        self.world.restore(who % len(self.world.points), self.world.backups[-1 - copy % len(self.world.backups)])

    @precondition(lambda self: len(self.world.points) < CLONES)
    @rule(who=which)
    def clone(self, who: int) -> None:
        self.world.clone(self.point(who))

    @rule()
    def keep_hub(self) -> None:
        self.world.keep_hub()

    @rule(copy=which)
    def rewind_hub(self, copy: int) -> None:
        self.world.rewind_hub(self.world.hubs[-1 - copy % len(self.world.hubs)])

    @rule(who=which, stick=which, struck=struck)
    def export(self, who: int, stick: int, struck: set[int]) -> None:
        self.chance.at(struck)
        self.sticks.export(self.point(who), self.sticks.folders[stick % 2])

    @precondition(lambda self: self.sticks.files(back=False))
    @rule(file=which, stick=which, struck=struck)
    def courier(self, file: int, stick: int, struck: set[int]) -> None:
        self.chance.at(struck)
        files = self.sticks.files(back=False)
        self.sticks.to_hub(files[file % len(files)])
        self.sticks.give(self.sticks.folders[stick % 2])

    @precondition(lambda self: self.sticks.files(back=True))
    @rule(who=which, file=which, struck=struck)
    def home(self, who: int, file: int, struck: set[int]) -> None:
        self.chance.at(struck)
        files = self.sticks.files(back=True)
        self.sticks.home(self.point(who), files[file % len(files)])

    @invariant()
    def no_mark_is_ahead_of_the_word_of_the_hub(self) -> None:
        promises.check_marks(self.world)

    def teardown(self) -> None:
        try:
            self.chance.at(set())
            settle(self.world, self.sticks, by_line=True)
        finally:
            self.patch.undo()
            self.world.close()


def driven(stage: Stage, plant: Plant | None = None) -> type[Machine]:
    """Return the machine of this stage, perhaps with a bug."""

    class Driven(Machine):
        def __init__(self) -> None:
            super().__init__(stage, plant)

    return Driven


def test_no_sequence_of_steps_breaks_a_promise(stage: Stage):
    run_state_machine_as_test(driven(stage), settings=IN_CI)


@pytest.mark.parametrize(
    "bug",
    [
        planted_by_stick.what_is_on_the_stick_counts_as_confirmed,
        planted.the_hub_forgets_that_it_saw_a_fork,
    ],
    ids=lambda bug: bug.__name__,
)
def test_it_finds(stage: Stage, bug: Plant):
    with pytest.raises(AssertionError):
        run_state_machine_as_test(driven(stage, bug), settings=FINDING)
