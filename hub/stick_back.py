"""What goes back on sticks (U盘回执): to each bundle that is kept, the hub's answers as things stand now."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import stick
from domain.errors import NotFound, TshegError
from hub import backlog, kept
from hub.answer import Answer
from hub.exchange import answers, exchange
from hub.installation import Installation
from hub.stick import opened
from stick import Name
from wire.bundle import MOST_BYTES, MOST_MESSAGES, seal_bundle
from wire.seal import is_recipient

log = logging.getLogger(__name__)


def answer(here: Installation, file: str) -> tuple[Name, bytes]:
    """Return what goes back for the kept bundle *file*; raise NotFound where there is none."""
    name = next((name for name, _ in kept.newest(here) if str(name) == file), None)
    if name is None:
        raise NotFound("stick.nothing")
    _taken_again(here, stick.find(here.settings.sticks, back=False, point=name.point))
    sealed = _back(here, here.settings.sticks / file)
    if sealed is None:
        raise NotFound("stick.nothing")
    return sealed


def give(here: Installation, folder: Path) -> list[Path]:
    """Write what goes back to each point whose bundle is kept; raise NotFound when there is none."""
    here.settings.sticks.mkdir(mode=0o700, exist_ok=True)
    files = _taken_again(here, stick.find(here.settings.sticks, back=False))
    given = [stick.write(folder, *sealed) for file in files if (sealed := _back(here, file))]
    if not given:
        raise NotFound("stick.nothing")
    return given


def _taken_again(here: Installation, files: Iterable[Path]) -> list[Path]:
    # Where we were set back, one of them brings what we lost or makes us begin our own stream again. All that
    # comes before the first is answered: a restored point takes no answer but to what it wrote since.
    return [file for file in files if _take_again(here, file)]


def _take_again(here: Installation, file: Path) -> bool:
    try:
        messages = _messages(here, file)
    except TshegError as error:
        log.warning("kept bundle passed over: %s, %s", error.code, file.name)
        return False
    for message in messages:
        asked = exchange(here, message).asked
    if asked:
        backlog.clear(here, asked.sender)
    return True


def _back(here: Installation, file: Path) -> tuple[Name, bytes] | None:
    given = list(islice(_answers(here, _messages(here, file)), MOST_MESSAGES))
    name, asked = Name.read(file.name), given[-1].asked
    if name is None or asked is None or not is_recipient(asked.seal_to):
        return None
    sealed = seal_bundle([answer.body for answer in given], asked.seal_to)
    return replace(name, back=True), sealed


def _answers(here: Installation, messages: list[bytes]) -> Iterator[Answer]:
    for message in messages[:-1]:
        yield exchange(here, message)
    yield from answers(here, messages[-1])


def _messages(here: Installation, file: Path) -> list[bytes]:
    return opened(here, stick.read(file, MOST_BYTES))
