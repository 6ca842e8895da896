"""What points bring on sticks (U盘), and what goes back: the same messages and answers as ``POST /exchange``."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import stick
from domain.errors import FieldError, NotFound, Problem, TshegError
from hub import backlog
from hub.answer import Answer
from hub.clock import now
from hub.exchange import answers, exchange
from hub.installation import Installation
from hub.store import bundles
from hub.store.bundles import Bundle
from hub.store.engine import write
from stick import PICTURES, QUESTION, Name
from wire.bundle import MOST_BYTES, MOST_MESSAGES, open_bundle, seal_bundle
from wire.errors import Foreign, Malformed, MessageError
from wire.header import Header, ProblemCode
from wire.message import read_claim
from wire.seal import is_recipient

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
    _forget(here)
    taken = [_one(here, name, read) for name, read in files]
    with write(here.engine) as connection:
        bundles.record(connection, [_noted(one, by) for one in taken])
    return taken


def kept(here: Installation) -> list[tuple[Name, datetime]]:
    """Return the bundles that can be answered and when each was taken, newest first."""
    found: list[tuple[Name, datetime]] = []
    for file in here.settings.sticks.glob("*.age"):
        with suppress(FileNotFoundError):  # a newer bundle has just taken its place
            if name := Name.read(file.name):
                found.append((name, datetime.fromtimestamp(file.stat().st_mtime, UTC)))
    return sorted(found, key=lambda one: one[1], reverse=True)


def answer(here: Installation, file: str) -> tuple[Name, bytes]:
    """Return what goes back for the kept bundle *file*, as things stand now; raise NotFound where there is none."""
    if not any(str(name) == file for name, _ in kept(here)):
        raise NotFound("stick.nothing")
    sealed = _back(here, here.settings.sticks / file)
    if sealed is None:
        raise NotFound("stick.nothing")
    return sealed


def give(here: Installation, folder: Path) -> list[Path]:
    """Write what goes back to each point whose bundle is kept, as things stand now; raise NotFound when there is none.

    Taking a message again changes nothing, so it is simply answered again.
    """
    here.settings.sticks.mkdir(mode=0o700, exist_ok=True)
    given: list[Path] = []
    for file in stick.find(here.settings.sticks, back=False):
        if sealed := _back(here, file):
            given.append(stick.write(folder, *sealed))
    if not given:
        raise NotFound("stick.nothing")
    return given


def _one(here: Installation, file: str, read: Callable[[], bytes]) -> Taken:
    said = Name.read(file)
    try:
        if said and said.back:
            raise FieldError("stick.way_back")
        data, messages = _opened(here, read())
        given = [exchange(here, message) for message in messages]
        asked = [answer.asked for answer in given if answer.asked]
        if len(asked) == len(given):
            _keep(here, _name(asked, said), data)
            backlog.clear(here, asked[0].sender)
    except TshegError as error:
        return Taken(file, 0, error.code, said.point if said else "")
    problems = [SAID.get(answer.problem, "stick.unreadable") for answer in given if answer.problem]
    point = asked[0].sender if asked else said.point if said else ""
    return Taken(file, sum(map(_count, given)), problems[0] if problems else "", point)


def _opened(here: Installation, data: bytes) -> tuple[bytes, list[bytes]]:
    try:
        messages = open_bundle(data, here.sealing, here.settings.message_bytes)
        # What goes back is sealed for one reader: nobody may ask for another in the same bundle.
        if len({read_claim(message).sender for message in messages}) != 1:
            raise Malformed("senders")
        return data, messages
    except MessageError as error:
        raise FieldError("stick.other_key" if isinstance(error, Foreign) else "stick.unreadable") from error


def _count(answer: Answer) -> int:
    stream = answer.asked.stream if answer.asked and not answer.problem else None
    return stream.count if stream else 0


def _keep(here: Installation, name: Name, data: bytes) -> None:
    folder = here.settings.sticks
    folder.mkdir(mode=0o700, exist_ok=True)
    stick.write(folder, name, data)
    for file in folder.iterdir():
        old = Name.read(file.name)
        if old and old != name and _covers(name, old):
            file.unlink()


def _covers(name: Name, old: Name) -> bool:
    # Each bundle of pictures holds others: their numbers count files of one export, not places in a stream.
    reaches = old.epoch in (name.epoch, QUESTION) and old.last <= name.last
    return old.point == name.point and name.epoch != PICTURES and reaches


def _noted(one: Taken, by: str) -> Bundle:
    # What people call their own files may say anything of anybody.
    return Bundle(one.point, now(), one.file if Name.read(one.file) else "", by, one.entries, one.problem)


def _forget(here: Installation) -> None:
    for name, at in kept(here):
        if at < datetime.now(UTC) - bundles.KEPT:
            (here.settings.sticks / str(name)).unlink(missing_ok=True)


def _name(asked: list[Header], said: Name | None) -> Name:
    point, streams = asked[0].sender, [header.stream for header in asked if header.stream]
    if streams:
        return Name(point, streams[0].epoch, streams[0].from_seq, streams[-1].to_seq)
    if not any(header.piece for header in asked):
        return Name(point, QUESTION, 0, 0)
    # Which of an export's bundles of pictures it is, nothing in it says.
    named = said and (said.point, said.epoch) == (point, PICTURES)
    return said if said and named else Name(point, PICTURES, 1, len(asked))


def _back(here: Installation, file: Path) -> tuple[Name, bytes] | None:
    _, messages = _opened(here, stick.read(file, MOST_BYTES))
    given = list(islice(_answers(here, messages), MOST_MESSAGES))
    name, asked = Name.read(file.name), given[-1].asked
    if name is None or asked is None or not is_recipient(asked.seal_to):
        return None
    sealed = seal_bundle([answer.body for answer in given], asked.seal_to)
    return replace(name, back=True), sealed


def _answers(here: Installation, messages: list[bytes]) -> Iterator[Answer]:
    for message in messages[:-1]:
        yield exchange(here, message)
    yield from answers(here, messages[-1])
