"""Sticks in a simulation: they come late, twice, in another order, from a clone, torn, or never."""

import shutil
from collections.abc import Callable
from pathlib import Path

import hub.stick
import hub.stick_back
import sync.stick
from stick import Name
from tests.chance import Chance, Crash
from tests.simulation import Point, World

EXPECTED = {"", "stick.not_asked", "stick.unreadable", "sync.foreign_entry"}
ASTRAY = "sync.cursor"
AT_THE_HUB = {"", "stick.gap", "stick.fork", "stick.unreadable"}


class Sticks:
    """Two sticks on which files stay until others of their name take their place, and the hub's own folder."""

    def __init__(self, world: World, chance: Chance) -> None:
        self.world, self.chance, self.keys = world, chance, world.stage.keys
        self.folders = [world.stage.folder / name for name in ("stick-1", "stick-2")]
        for folder in (*self.folders, world.hub.settings.sticks):
            shutil.rmtree(folder, ignore_errors=True)
        for folder in self.folders:
            folder.mkdir()

    def files(self, back: bool) -> list[Path]:
        """Return what lies on the sticks and goes one way."""
        found = [file for folder in self.folders for file in folder.iterdir() if _is(file, back)]
        return sorted(found)

    def export(self, point: Point, folder: Path) -> None:
        """Write what *point* has onto a stick."""
        written = self.world.living(point, lambda: sync.stick.export(point.db, self.keys, folder)) or []
        self._tear([one.path for one in written])

    def to_hub(self, path: Path) -> None:
        """Let the hub take a file, or all on a stick."""
        self.world.carried = True
        for taken in self._at_hub(lambda: hub.stick.take(self.world.hub, path)) or []:
            assert taken.problem in AT_THE_HUB, taken.problem

    def give(self, folder: Path) -> None:
        """Let the hub write its answers onto a stick, if it has taken any bundle."""
        kept = self.world.hub.settings.sticks
        if kept.is_dir() and any(kept.iterdir()):
            self._tear(self._at_hub(lambda: hub.stick_back.give(self.world.hub, folder)) or [])

    def home(self, point: Point, path: Path) -> str:
        """Let *point* take a file, or all on a stick; return ASTRAY where the hub lacks what it wrote, or empty."""
        came = self.world.living(point, lambda: sync.stick.take(point.db, self.keys, path)) or []
        problems = {one.problem for one in came}
        assert problems <= EXPECTED | self.world.possible(), problems
        return ASTRAY if ASTRAY in problems else ""

    def trip(self, point: Point) -> str:
        """Carry an empty stick to the hub and back; return what ``home`` does."""
        folder = self.folders[0]
        for file in folder.iterdir():
            file.unlink()
        self.export(point, folder)
        self.to_hub(folder)
        self.give(folder)
        return self.home(point, folder)

    def _at_hub(self, act: Callable[[], list]) -> list:
        try:
            return act()
        except Crash:
            return []

    def _tear(self, written: list[Path]) -> None:
        if written and self.chance.strikes():
            torn = self.chance.pick(written)
            torn.write_bytes(torn.read_bytes()[: int(self.chance.random.random() * torn.stat().st_size)])


def _is(file: Path, back: bool) -> bool:
    name = Name.read(file.name)
    return name is not None and name.back == back
