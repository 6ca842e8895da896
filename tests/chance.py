"""What can go wrong between a point and its hub: crashes, and a line that loses, doubles, cuts and delays."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from random import Random
from typing import Any, Protocol, TypeVar

import pytest

import hub.backlog
import hub.downward
import hub.exchange
import hub.files
import hub.taking
import sync
from hub.installation import Installation
from sync.errors import ExchangeFailed, WeakLine

ENDLESS = 60
ROOMS = [import_module(f"sync.{room.name}") for room in iter_modules(sync.__path__)]
TRANSACTING = [room for room in ROOMS if "write" in vars(room)]
T = TypeVar("T")
Write = Callable[..., AbstractContextManager[Any]]


class Crash(BaseException):
    """The process is gone; nothing may catch it."""


class Strikes(Protocol):
    """Something that decides at every moment whether it goes wrong."""

    def strikes(self) -> bool:
        """Say whether something goes wrong now."""


@dataclass
class Chance:
    """The one source of everything that happens; ``trouble`` is how likely each step goes wrong."""

    random: Random
    trouble: float = 0.0

    def strikes(self) -> bool:
        """Say whether something goes wrong now."""
        return self.random.random() < self.trouble

    def pick(self, things: Sequence[T]) -> T:
        """Return one of *things*."""
        return self.random.choice(things)


@dataclass
class Line:
    """Messages and answers get lost, cut off, doubled, late; an old answer may come in the place of a new one."""

    hub: Installation
    chance: Chance
    meanwhile: Callable[[], None]
    late: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    messages: int = 0
    brought_late: bool = False

    def send(self, message: bytes) -> bytes:
        """Bring *message* to the hub, perhaps, and an answer back, perhaps."""
        self.messages += 1
        assert self.messages < ENDLESS, "the exchange never ends"
        if self.chance.strikes():
            self.late.append(message)
            raise ExchangeFailed("sync.no_link")
        answer = self._delivered(message)
        if self.chance.strikes():
            answer = self._delivered(message)
        self.answers.append(answer)
        if self.chance.strikes():
            raise WeakLine
        if self.chance.strikes():
            self.meanwhile()
        if self.chance.strikes():
            return answer[: int(self.chance.random.random() * len(answer))]
        return self.chance.pick(self.answers) if self.chance.strikes() else answer

    def _delivered(self, message: bytes) -> bytes:
        try:
            return hub.exchange.exchange(self.hub, message).body
        except Crash:
            raise ExchangeFailed("sync.hub_error") from None

    def deliver_late(self) -> None:
        """Let what was held up on its way arrive now, in any order."""
        self.chance.random.shuffle(self.late)
        self.brought_late = self.brought_late or bool(self.late)
        while self.late:
            hub.exchange.exchange(self.hub, self.late.pop())


def crashing(inner: Write, chance: Strikes) -> Write:
    """Let a transaction crash before its commit or right after it."""

    @contextmanager
    def write_or_crash(*given: Any) -> Iterator[Any]:
        with inner(*given) as inside:
            yield inside
            if chance.strikes():
                raise Crash
        if chance.strikes():
            raise Crash

    return write_or_crash


def armed(patch: pytest.MonkeyPatch, chance: Chance, seed: int) -> None:
    """Let every transaction of both sides be one that may crash, and every id and salt follow from *seed*."""
    for module in (*TRANSACTING, hub.backlog, hub.downward, hub.files, hub.taking):
        patch.setattr(module, "write", crashing(vars(module)["write"], chance))
    foreseen(patch, seed)


def foreseen(patch: pytest.MonkeyPatch, seed: int) -> None:
    """Let every id and salt follow from *seed*: what sorts by them comes in the same order again."""
    ids = Random(seed)
    patch.setattr(secrets, "token_bytes", lambda size=32: ids.randbytes(size))
