"""Bundles that are kept sealed as they came, to be answered (留存U盘文件), and what they must not outlive."""

from contextlib import suppress
from datetime import UTC, datetime

import stick
from hub.installation import Installation
from hub.store import bundles
from stick import PICTURES, QUESTION, Name


def keep(here: Installation, name: Name, data: bytes) -> None:
    """Keep a bundle in the place of those it covers."""
    folder = here.settings.sticks
    folder.mkdir(mode=0o700, exist_ok=True)
    stick.write(folder, name, data)
    for file in folder.iterdir():
        old = Name.read(file.name)
        if old and old != name and _covers(name, old):
            file.unlink()


def newest(here: Installation) -> list[tuple[Name, datetime]]:
    """Return the bundles that can be answered and when each was taken, newest first."""
    found: list[tuple[Name, datetime]] = []
    for file in here.settings.sticks.glob("*.age"):
        with suppress(FileNotFoundError):  # a newer bundle has just taken its place
            if name := Name.read(file.name):
                found.append((name, datetime.fromtimestamp(file.stat().st_mtime, UTC)))
    return sorted(found, key=lambda one: one[1], reverse=True)


def forget(here: Installation, point: str) -> None:
    """Throw away what *point* brought on sticks: it holds what was erased, and what was not answered is sent again."""
    for file in here.settings.sticks.glob("*.age"):
        name = Name.read(file.name)
        if name and name.point == point:
            file.unlink(missing_ok=True)


def forget_old(here: Installation) -> None:
    """Throw away what was taken half a year ago."""
    for name, at in newest(here):
        if at < datetime.now(UTC) - bundles.KEPT:
            (here.settings.sticks / str(name)).unlink(missing_ok=True)


def _covers(name: Name, old: Name) -> bool:
    # Each bundle of pictures holds others: their numbers count files of one export, not places in a stream.
    reaches = old.epoch in (name.epoch, QUESTION) and old.last <= name.last
    return old.point == name.point and name.epoch != PICTURES and reaches
