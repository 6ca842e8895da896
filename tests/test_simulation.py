"""Ten thousand short histories of one point and its hub on the real code, and bugs planted to see that they are found.

``TSHEG_SEED`` replays a run, ``TSHEG_SCHEDULES`` asks for more or fewer of them.
"""

import os
from pathlib import Path

import pytest

from tests import planted, planted_by_stick, promises
from tests.histories import History
from tests.killing import seeded
from tests.planted import Plant
from tests.simulation import Stage

SCHEDULES = int(os.environ.get("TSHEG_SCHEDULES", "10000"))
PARTS = 20
ENOUGH = 2000


def play(stage: Stage, seed: int, plant: Plant | None = None) -> History:
    """Play the history of *seed*, perhaps with a bug."""
    history = History(stage, seed)
    with pytest.MonkeyPatch.context() as patch:
        if plant:
            plant(patch)
        try:
            history.run(patch)
        finally:
            history.world.close()
    return history


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_the_hub_is_the_union_of_its_points_and_no_fork_goes_unnoticed(stage: Stage, part: int):
    first = seeded().getrandbits(48)
    for number in range(part, SCHEDULES, PARTS):
        try:
            play(stage, first + number)
        except BaseException:
            print(f"schedule {number}")
            raise


def test_the_seed_decides_everything_in_another_process_too(stage: Stage, tmp_path: Path):
    first, elsewhere = seeded().getrandbits(48), Stage(tmp_path)
    for number in range(20):
        assert _course(play(stage, first + number)) == _course(play(elsewhere, first + number))
    elsewhere.hub.engine.dispose()


def _course(history: History) -> tuple[list[str], float, dict[str, int]]:
    """Return what happened, how far chance has come, and epoch → how many entries of it the hub holds."""
    held = promises.there(history.world)
    lengths = {epoch: len(hashes) for epoch, hashes in (held.mine | held.theirs).items()}
    return history.steps, history.chance.random.random(), lengths


@pytest.mark.parametrize("bug", planted.BUGS + planted_by_stick.BUGS, ids=lambda bug: bug.__name__)
def test_it_finds(stage: Stage, bug: Plant):
    first = seeded().getrandbits(48)
    for number in range(ENOUGH):
        try:
            play(stage, first + number, bug)
        except AssertionError:
            return
    pytest.fail("the planted bug went unnoticed")
