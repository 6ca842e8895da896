"""What points bring on sticks (U盘): the same messages, taken in the same way, as by ``POST /exchange``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import stick
from domain.errors import FieldError, Problem, TshegError
from hub import backlog, kept
from hub.answer import Answer
from hub.clock import now
from hub.exchange import exchange
from hub.installation import Installation
from hub.store import bundles
from hub.store.bundles import Bundle
from hub.store.engine import write
from stick import PICTURES, QUESTION, Name
from wire.bundle import MOST_BYTES, open_bundle
from wire.errors import Foreign, Malformed, MessageError
from wire.header import Header, ProblemCode
from wire.message import read_claim

File = tuple[str, Callable[[], bytes]]
SAID = {
    ProblemCode.GAP: "stick.gap",
    ProblemCode.FORK: "stick.fork",
    ProblemCode.FROZEN: "stick.fork",
    ProblemCode.UNKNOWN_KEY: "stick.unknown_key",
    ProblemCode.BAD_SIGNATURE: "stick.unknown_key",
    ProblemCode.FOREIGN: "stick.unknown_key",
    ProblemCode.REVOKED: "stick.revoked",
}


@dataclass(frozen=True)
class Taken:
    """What came of one file: the entries the hub now holds by it, and the code of what went wrong, or empty."""

    file: str
    entries: int
    problem: str
    point: str = field(default="", compare=False)

    @property
    def trouble(self) -> Problem | None:
        """What went wrong, ready to be said, or None."""
        return Problem("", self.problem) if self.problem else None


def take(here: Installation, path: Path) -> list[Taken]:
    """Take the bundle *path*, or all in that folder, one after the other; raise NotFound where there is none."""
    found = stick.find(path, back=False)
    return take_files(here, [(file.name, partial(stick.read, file, MOST_BYTES)) for file in found])


def take_files(here: Installation, files: Iterable[File], by: str = "") -> list[Taken]:
    """Take *files*, each a name and what reads it, from the hands of *by*; the same, however they came here.

    A bundle that brings anything true is kept, sealed as it came, until a newer one of its point covers it, or
    for half a year: by then whatever it could be answered with has long been asked for anew.
    """
    kept.forget_old(here)
    taken = [_one(here, name, read) for name, read in files]
    with write(here.engine) as connection:
        bundles.record(connection, [_noted(one, by) for one in taken])
    return taken


def opened(here: Installation, data: bytes) -> list[bytes]:
    """Return the messages in a bundle; raise FieldError where it cannot be opened or has more than one sender."""
    try:
        messages = open_bundle(data, here.sealing, here.settings.message_bytes)
        # What goes back is sealed for one reader: nobody may ask for another in the same bundle.
        if len({read_claim(message).sender for message in messages}) != 1:
            raise Malformed("senders")
        return messages
    except MessageError as error:
        raise FieldError("stick.other_key" if isinstance(error, Foreign) else "stick.unreadable") from error


def _one(here: Installation, file: str, read: Callable[[], bytes]) -> Taken:
    said = Name.read(file)
    try:
        if said and said.back:
            raise FieldError("stick.way_back")
        data = read()
        given = [exchange(here, message) for message in opened(here, data)]
        asked = [answer.asked for answer in given if answer.asked]
        if len(asked) == len(given):
            kept.keep(here, _name(asked, said), data)
            backlog.clear(here, asked[0].sender)
    except TshegError as error:
        return Taken(file, 0, error.code, said.point if said else "")
    problems = [SAID.get(answer.problem, "stick.unreadable") for answer in given if answer.problem]
    point = asked[0].sender if asked else said.point if said else ""
    return Taken(file, sum(map(_count, given)), problems[0] if problems else "", point)


def _count(answer: Answer) -> int:
    stream = answer.asked.stream if answer.asked and not answer.problem else None
    return stream.count if stream else 0


def _noted(one: Taken, by: str) -> Bundle:
    # What people call their own files may say anything of anybody.
    return Bundle(one.point, now(), one.file if Name.read(one.file) else "", by, one.entries, one.problem)


def _name(asked: list[Header], said: Name | None) -> Name:
    point, streams = asked[0].sender, [header.stream for header in asked if header.stream]
    if streams:
        return Name(point, streams[0].epoch, streams[0].from_seq, streams[-1].to_seq)
    if not any(header.piece for header in asked):
        return Name(point, QUESTION, 0, 0)
    # Which of an export's bundles of pictures it is, nothing in it says.
    named = said and (said.point, said.epoch) == (point, PICTURES)
    return said if said and named else Name(point, PICTURES, 1, len(asked))
