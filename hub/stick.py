"""What points bring on sticks (U盘), and what goes back: the same messages and answers as ``POST /exchange``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import stick
from domain.errors import FieldError, NotFound, TshegError
from hub.exchange import Answer, answers, exchange
from hub.installation import Installation
from stick import Name
from wire.bundle import MOST_BYTES, MOST_MESSAGES, open_bundle, seal_bundle
from wire.errors import Foreign, Malformed, MessageError
from wire.header import Header, ProblemCode
from wire.message import read_claim
from wire.seal import is_recipient

QUESTION = "question"
PICTURES = "pictures"
SAID = {
    ProblemCode.GAP: "stick.gap",
    ProblemCode.FORK: "stick.fork",
    ProblemCode.FROZEN: "stick.fork",
    ProblemCode.CURSOR: "stick.cursor",
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


def take(here: Installation, path: Path) -> list[Taken]:
    """Take the bundle *path*, or all in that folder, one after the other; raise NotFound where there is none.

    A bundle that brings anything true is kept, sealed as it came, until a newer one of its point covers it.
    """
    return [_one(here, file) for file in stick.find(path, back=False)]


def give(here: Installation, folder: Path) -> list[Path]:
    """Write what goes back to each point whose bundle is kept, as things stand now; raise NotFound when there is none.

    Taking a message again changes nothing, so it is simply answered again.
    """
    here.settings.sticks.mkdir(mode=0o700, exist_ok=True)
    given = [_back(here, folder, file) for file in stick.find(here.settings.sticks, back=False)]
    if not any(given):
        raise NotFound("stick.nothing")
    return [path for path in given if path]


def _one(here: Installation, file: Path) -> Taken:
    try:
        data, messages = _opened(here, file)
        given = [exchange(here, message) for message in messages]
        asked = [answer.asked for answer in given if answer.asked]
        if len(asked) == len(given):
            _keep(here, data, asked)
    except TshegError as error:
        return Taken(file.name, 0, error.code)
    problems = [SAID.get(answer.problem, "stick.unreadable") for answer in given if answer.problem]
    return Taken(file.name, sum(map(_count, given)), problems[0] if problems else "")


def _opened(here: Installation, file: Path) -> tuple[bytes, list[bytes]]:
    data = stick.read(file, MOST_BYTES)
    try:
        messages = open_bundle(data, here.sealing, here.settings.message_bytes)
        # What goes back is sealed for one reader: nobody may ask for another in the same bundle.
        if len({read_claim(message).sender for message in messages}) != 1:
            raise Malformed("senders")
        return data, messages
    except MessageError as error:
        raise FieldError("stick.other_key" if isinstance(error, Foreign) else "stick.unreadable") from error


def _count(answer: Answer) -> int:
    taken = answer.problem in (None, ProblemCode.CURSOR)
    stream = answer.asked.stream if answer.asked and taken else None
    return stream.count if stream else 0


def _keep(here: Installation, data: bytes, asked: list[Header]) -> None:
    name = _name(asked)
    folder = here.settings.sticks
    folder.mkdir(mode=0o700, exist_ok=True)
    stick.write(folder, name, data)
    for file in folder.iterdir():
        old = Name.read(file.name)
        if old and old.point == name.point and old.epoch in (name.epoch, QUESTION) and old.last < name.last:
            file.unlink()


def _name(asked: list[Header]) -> Name:
    streams = [header.stream for header in asked if header.stream]
    if not streams and any(header.piece for header in asked):
        return Name(asked[0].sender, PICTURES, 1, len(asked))
    if not streams:
        return Name(asked[0].sender, QUESTION, 0, 0)
    return Name(asked[0].sender, streams[0].epoch, streams[0].from_seq, streams[-1].to_seq)


def _back(here: Installation, folder: Path, file: Path) -> Path | None:
    _, messages = _opened(here, file)
    given = list(islice(_answers(here, messages), MOST_MESSAGES))
    name, asked = Name.read(file.name), given[-1].asked
    if name is None or asked is None or not is_recipient(asked.seal_to):
        return None
    sealed = seal_bundle([answer.body for answer in given], asked.seal_to)
    return stick.write(folder, replace(name, back=True), sealed)


def _answers(here: Installation, messages: list[bytes]) -> Iterator[Answer]:
    for message in messages[:-1]:
        yield exchange(here, message)
    yield from answers(here, messages[-1])
