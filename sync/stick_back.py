"""What comes back on a stick (带回): answers to what left on one, whenever that was and however often they come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec.structs import replace as replaced
from sqlite_utils import Database

from domain.errors import FieldError, Problem, Refused, TshegError
from stick import Name
from store import bundle_files, bundles, deliveries, tail
from store import exchange as marks
from store.bundles import Bundled
from store.connection import write
from store.installation import Installation
from sync.answer import Taken, believe, gives_back
from sync.once import sealing_key
from sync.rotation import Rotation
from wire.bundle import open_bundle
from wire.errors import BadSignature, Foreign, MessageError
from wire.header import ProblemCode
from wire.message import Message, open_message, signed_head

UNREAD = {Foreign: "stick.other_key", BadSignature: "sync.not_the_hub"}


@dataclass(frozen=True)
class Came:
    """What came of one file that came back, in entries, and the code of what was wrong with it, or empty."""

    file: str
    confirmed: int
    received: int
    problem: str

    @property
    def trouble(self) -> Problem | None:
        """What was wrong, ready to be said, or None."""
        return Problem("", self.problem) if self.problem else None


@dataclass(frozen=True)
class Proved:
    """One proved message of the hub, the signed head that is the proof, and what left to ask for it."""

    message: Message
    proof: bytes
    asked: Bundled


@dataclass(frozen=True)
class Return:
    """Who takes what comes back, and the folder *keys* of the keys that open it."""

    db: Database
    keys: Path
    here: Installation

    def take(self, name: str, read: Callable[[], bytes]) -> Came:
        """Take the answers in one file; whatever is wrong with it is in what is returned."""
        confirmed, received, problem = 0, 0, ""
        try:
            _require_back(name)
            for answer in self._proved(read()):
                taken = _believe(self.db, self.here, answer.asked, answer.message, answer.proof)
                confirmed, received = confirmed + taken.confirmed, received + taken.received
                problem = problem or taken.problem
                self._follow(answer)
            self._home(name)
        except TshegError as error:
            problem = error.code
        return Came(name, confirmed, received, problem)

    def _proved(self, data: bytes) -> list[Proved]:
        try:
            answers = open_bundle(data, sealing_key(self.keys))
            messages = [open_message(answer, self.here.hub_public) for answer in answers]
        except MessageError as error:
            raise FieldError(UNREAD.get(type(error), "stick.unreadable")) from error
        return [
            Proved(message, signed_head(answer), self._asked(message))
            for answer, message in zip(answers, messages, strict=True)
        ]

    def _asked(self, message: Message) -> Bundled:
        header = message.header
        asked = bundles.find(self.db, header.nonce)
        if asked is None or (header.sender, header.receiver) != (self.here.hub, self.here.stamp.code):
            raise Refused("stick.not_asked")
        return asked

    def _follow(self, answer: Proved) -> None:
        Rotation.of(self.keys).heed(answer.message.header.next_key)
        with write(self.db):
            marks.heard(self.db, answer.asked.made_at)
            if answer.asked.asks and not gives_back(self.here, answer.message.entries):
                tail.is_complete(self.db)

    def _home(self, name: str) -> None:
        said = Name.read(name)
        if said and said.back:
            with write(self.db):
                bundle_files.came_back(self.db, str(replace(said, back=False)))


def _require_back(name: str) -> None:
    said = Name.read(name)
    if said and not said.back:
        raise FieldError("stick.way_out")


def _believe(db: Database, here: Installation, asked: Bundled, message: Message, proof: bytes) -> Taken:
    problem = message.header.problem
    moved_on = bundles.acked(db, asked.producer, asked.epoch) != asked.acked
    if problem and problem.code is ProblemCode.GAP and moved_on:
        # It lacked them when it wrote this; since then the mark has moved, so this may be an old stick.
        message = replace(message, header=replaced(message.header, problem=None))
    files = tuple(deliveries.not_less(db, message.header.files)) if asked.acked >= 0 else ()
    message = replace(message, header=replaced(message.header, files=files))
    return believe(db, here, bundles.entries(db, asked), message, proof)
