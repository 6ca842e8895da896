"""The power fails while applications are saved and messages are taken: what was acknowledged is there, and whole."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlite_utils import Database

from hub.enrolment import enrol as enrol_at_hub
from hub.installation import open_installation
from hub.store import journal as hub_journal
from hub.store import tables
from hub.store.engine import read
from hub.store.points import Point
from settings import Settings
from store import journal
from store.connection import connect
from tests import insurer
from tests.enrolment import enrol
from tests.faults.mount import power_cut, why_not
from tests.faults.power import END, take_applications, take_applications_in_trouble, take_messages, write_files
from tests.killing import figure, often, seeded
from tests.pair import STAMP
from tests.test_crash import half_written, references
from wire.keys import SigningKey

CUTS, CUTS_IN_TROUBLE, TROUBLE = 10, 3, 0.01
CUTS_OF_A_DISK, CUTS_OF_A_STICK = 40, 5
MOST_TRIES = 60
KEY = SigningKey.generate()

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@pytest.fixture
def point(app: Flask, settings: Settings, db: Database) -> Path:
    """The folder of an enrolled point."""
    enrol(db)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return settings.data


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """The folder of a hub that knows the point."""
    here = insurer.with_product(open_installation(insurer.settings(tmp_path / "hub")))
    enrol_at_hub(here, Point(STAMP, "540234", ""), KEY.public)
    here.engine.dispose()
    return here.settings.data


@dataclass
class Cuts:
    """A disk whose power fails again and again, each time where it left off, and what was acknowledged on it.

    It begins with what is in *base*, and after *fresh_after* cuts there once more.
    """

    folder: Path
    base: Path
    lost: Callable[[Path, set[Any]], set[Any]]
    fresh_after: int = CUTS_OF_A_DISK
    chance: Random = field(default_factory=seeded)
    made: int = 0
    acknowledged: set[Any] = field(default_factory=set)
    total: int = 0

    def cut(self, work: Callable[..., None], *given: object, trouble: float = 0) -> set[Any]:
        """Work until the power fails; return what was acknowledged and is lost."""
        disk = self.folder / "disk"
        if self.made % self.fresh_after == 0:
            shutil.rmtree(disk, ignore_errors=True)
            shutil.copytree(self.base, disk)
            self.acknowledged = set()
        told = power_cut(work, disk, self.chance, *given, trouble=trouble)
        self.made, self.total = self.made + 1, self.total + len(told)
        self.acknowledged |= set(told)
        return self._lost(disk)

    def _lost(self, disk: Path) -> set[Any]:
        # Looked at in a copy: the next work is to find it as the power left it.
        copy = Path(shutil.copytree(disk, self.folder / "copy"))
        try:
            return self.lost(copy, self.acknowledged)
        finally:
            shutil.rmtree(copy)

    def until_one_loses(self, work: Callable[..., None], *given: object) -> None:
        """Cut until something acknowledged is lost."""
        for _ in range(MOST_TRIES):
            if self.cut(work, *given):
                figure(f"power.found_after.{given[-1]}", self.made, "cuts")
                return
        pytest.fail("settings that are known to lose lost nothing: the power fails too gently")


def lost_at_the_point(data: Path, acknowledged: set[Any]) -> set[Any]:
    """Return what was shown as saved and is not there; fail where anything is half there."""
    db = connect(Settings(data=data).database)
    try:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not half_written(db)
        assert journal.verify(db) == []
        return acknowledged - set(references(db))
    finally:
        db.conn.close()


def lost_at_the_hub(data: Path, acknowledged: set[Any]) -> set[Any]:
    """Return the entries that were signed for and are not there; fail where anything is half there."""
    here = open_installation(insurer.settings(data))
    try:
        with read(here.engine) as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert hub_journal.verify(connection) is None
            entry = tables.entry.c
            held = select(entry.epoch, entry.seq, entry.hash).where(entry.producer == STAMP.code)
            return acknowledged - {tuple(row) for row in connection.execute(held)}
    finally:
        here.engine.dispose()


def lost_on_the_stick(folder: Path, acknowledged: set[Any]) -> set[Any]:
    """Return the (name, SHA-256) of files that were called written and are not there; half a file fails."""
    there = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".tmp"}
    assert all(data.endswith(END) for data in there.values())
    return acknowledged - {(name, hashlib.sha256(data).hexdigest()) for name, data in there.items()}


def test_no_power_cut_takes_what_was_shown_as_saved(point: Path, tmp_path: Path):
    cuts = Cuts(tmp_path, point, lost_at_the_point)
    for _ in range(often(CUTS)):
        assert cuts.cut(take_applications) == set()
    assert cuts.total
    figure("power.cuts.point", cuts.made, "cuts")
    figure("power.saved.point", cuts.total, "applications")


def test_no_power_cut_takes_what_the_hub_signed_for(hub: Path, tmp_path: Path):
    cuts = Cuts(tmp_path, hub, lost_at_the_hub)
    for _ in range(often(CUTS)):
        assert cuts.cut(take_messages, KEY.raw) == set()
    assert cuts.total
    figure("power.cuts.hub", cuts.made, "cuts")
    figure("power.signed.hub", cuts.total, "messages")


def test_no_power_cut_takes_a_file_that_was_called_written(tmp_path: Path):
    (tmp_path / "stick").mkdir()
    cuts = Cuts(tmp_path, tmp_path / "stick", lost_on_the_stick, CUTS_OF_A_STICK)
    for _ in range(often(CUTS)):
        assert cuts.cut(write_files) == set()
    assert cuts.total
    figure("power.cuts.stick", cuts.made, "cuts")


def test_a_disk_that_is_full_or_faulty_at_times_takes_nothing_either(point: Path, tmp_path: Path):
    cuts = Cuts(tmp_path, point, lost_at_the_point)
    for _ in range(often(CUTS_IN_TROUBLE)):
        assert cuts.cut(take_applications_in_trouble, trouble=TROUBLE) == set()
    assert cuts.total
    figure("power.cuts.trouble", cuts.made, "cuts")
    figure("power.saved.trouble", cuts.total, "applications")


@pytest.mark.parametrize("weakened", ["WAL+NORMAL", "DELETE+FULL"])
def test_weaker_settings_at_the_point_lose(point: Path, tmp_path: Path, weakened: str):
    Cuts(tmp_path, point, lost_at_the_point).until_one_loses(take_applications, weakened)


def test_weaker_settings_at_the_hub_lose(hub: Path, tmp_path: Path):
    Cuts(tmp_path, hub, lost_at_the_hub).until_one_loses(take_messages, KEY.raw, "WAL+NORMAL")
