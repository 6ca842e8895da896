"""Histories from a seed: which steps happen, in which order, and what goes wrong in them."""

from collections.abc import Callable
from functools import partial
from random import Random

import pytest

import sync.exchange
from sync import conversation
from tests import promises
from tests.chance import Chance, armed
from tests.settling import settle
from tests.simulation import Point, Stage, World
from tests.sticks import Sticks

TROUBLES = (0.0, 0.03, 0.1, 0.25)
SHORTEST, LONGEST = 2, 6
CLONES = 2
OLDER = 0.6
Step = Callable[[], None]


class History:
    """Some kinds of steps, drawn for this history, happen some times; then the line gets good and all is looked at."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.seed, self.chance = seed, Chance(Random(seed))
        self.world = World(stage, self.chance, self.meanwhile)
        self.sticks = Sticks(self.world, self.chance)
        self.start, self.kinds = self.drawn()
        self.steps: list[str] = []

    def run(self, patch: pytest.MonkeyPatch) -> None:
        """Let things happen, then let the line be good, then look."""
        armed(patch, self.chance, self.seed)
        if self.chance.random.random() < OLDER:
            patch.setattr(conversation, "CODECS", conversation.FIRST_FORM)
            older = partial(conversation.Conversation, codecs=conversation.FIRST_FORM)
            patch.setattr(sync.exchange, "Conversation", older)
        trouble = self.chance.pick(TROUBLES)
        others = (self.chance.pick(self.kinds) for _ in range(self.chance.random.randint(SHORTEST, LONGEST)))
        for step in (*self.start, *others):
            self.steps.append(step.__name__)
            self.chance.trouble = trouble if step in (self.exchange, self.export, self.to_hub, self.home) else 0
            step()
        self.chance.trouble = 0
        promises.check_marks(self.world)
        settle(self.world, self.sticks, by_line=self.exchange in self.kinds)

    def drawn(self) -> tuple[list[Step], list[Step]]:
        """Return how this history begins, and the steps to choose from: some themes, each with what it needs."""
        start: list[Step] = []
        kinds, by_line = [self.append] * 4 + [self.from_hub], [self.exchange] * 4 + [self.late]
        for often, opening, steps in (
            (0.25, [self.from_hub, self.append, self.exchange], [self.keep_hub, self.rewind_hub, self.rewind_hub]),
            (0.25, [self.append, self.back_up, self.append, self.exchange], [self.back_up, self.restore]),
            (0.15, [self.append, self.clone], [self.clone]),
            (0.05, [], [self.submit]),
            (0.3, [self.append, self.export], [self.export, self.courier, self.to_hub, self.home]),
        ):
            if self.chance.random.random() < often:
                start, kinds = start + opening, kinds + steps * 2
        if self.export in kinds:
            by_line = self.chance.pick([[], by_line, by_line, by_line])
            if self.rewind_hub in kinds:
                start = start + self.chance.pick([[], [self.rewind_hub, self.courier]])
        return start, kinds + by_line

    def append(self) -> None:
        self.someone().append()

    def submit(self) -> None:
        self.someone().submit()

    def exchange(self) -> None:
        self.world.exchange(self.someone())

    def late(self) -> None:
        self.world.line.deliver_late()

    def from_hub(self) -> None:
        self.world.hub_writes()

    def back_up(self) -> None:
        self.world.back_up(self.someone())

    def restore(self) -> None:
        place = self.chance.random.randrange(len(self.world.points))
        self.world.restore(place, self.chance.pick([self.world.backups[-1], self.chance.pick(self.world.backups)]))

    def clone(self) -> None:
        if len(self.world.points) < CLONES:
            self.world.clone(self.someone())

    def keep_hub(self) -> None:
        self.world.keep_hub()

    def rewind_hub(self) -> None:
        self.world.rewind_hub(self.chance.pick(self.world.hubs))

    def export(self) -> None:
        self.sticks.export(self.someone(), self.chance.pick(self.sticks.folders))

    def to_hub(self) -> None:
        if files := self.sticks.files(back=False):
            file = self.chance.pick(files)
            self.sticks.to_hub(self.chance.pick([file, file.parent]))

    def courier(self) -> None:
        if files := self.sticks.files(back=False):
            stick = self.chance.pick(files).parent
            self.sticks.to_hub(stick)
            self.sticks.give(stick)

    def home(self) -> None:
        if files := self.sticks.files(back=True):
            file = self.chance.pick(files)
            self.sticks.home(self.someone(), self.chance.pick([file, file.parent]))

    def meanwhile(self) -> None:
        self.chance.pick([self.to_hub, self.late, self.from_hub])()

    def someone(self) -> Point:
        return self.chance.pick(self.world.points)
