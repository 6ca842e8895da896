"""Every moment at which an exchange may be killed, in turn: transactions of both sides, steps with a key."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

import hub.downward
import hub.taking
from hub.installation import open_installation
from hub.store.engine import write as write_hub
from store.connection import connect, write
from tests import insurer
from tests.chance import TRANSACTING, Crash, crashing
from tests.pair import Line, Pair

P = TypeVar("P", bound=Pair)


def copied(pair: P, folder: Path) -> P:
    """Return the same two sides, stopped and copied to *folder*."""
    pair.db.conn.close()
    pair.hub.engine.dispose()
    shutil.copytree(pair.folder, folder)
    hub = open_installation(insurer.settings(folder / "hub"))
    return type(pair)(folder, hub, connect(folder / "point.db"), pair.key, Line(hub))


class Kill:
    """Strikes at one of all the moments there are, and counts them."""

    def __init__(self, moment: int) -> None:
        self.moment, self.seen = moment, 0

    def strikes(self) -> bool:
        self.seen += 1
        return self.seen == self.moment


def killable(patch: pytest.MonkeyPatch, kill: Kill) -> None:
    """Let every transaction of both sides, and every step with a key file, be one that may be the last."""
    for room in TRANSACTING:
        patch.setattr(room, "write", crashing(write, kill))
    for room in (hub.taking, hub.downward):
        patch.setattr(room, "write", crashing(write_hub, kill))
    for module, name in ((os, "link"), (Path, "replace")):
        patch.setattr(module, name, stepped(getattr(module, name), kill))


def stepped(true: Callable[..., Any], kill: Kill) -> Callable[..., Any]:
    def step(*given: Any) -> Any:
        if kill.strikes():
            raise Crash
        done = true(*given)
        if kill.strikes():
            raise Crash
        return done

    return step
