"""Erasing here what a point says it has erased (删除), and only what it was told to."""

import logging
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from domain.command import CarriedOut, Command, Result, Verb
from hub import orders
from hub.orders import kept_by_law
from hub.store import commands, erasure
from hub.store.projections.carried_out import read
from wire.entry import Entry

AGAIN_BY = "hub"
log = logging.getLogger("tsheg.security")


def follow(connection: Connection, point: str, entries: Sequence[Entry]) -> None:
    """Erase what *entries*, just stored, say was erased at *point*."""
    for answer in _answers(entries):
        _erase(connection, point, answer)


def is_news(connection: Connection, point: str, entries: Sequence[Entry]) -> bool:
    """Say whether *entries*, not stored yet, tell of anything erased at *point* that it had not told of."""
    return any(commands.is_open(connection, point, Verb.ERASE, answer.subject) for answer in _answers(entries))


def _answers(entries: Sequence[Entry]) -> Iterator[CarriedOut]:
    for entry in entries:
        answer = read(entry.body) if entry.kind == "carried_out" else None
        if answer and (answer.verb, answer.result) == (Verb.ERASE, Result.DONE):
            yield answer


def _erase(connection: Connection, point: str, answer: CarriedOut) -> None:
    given = commands.is_given(connection, point, Verb.ERASE, answer.subject, answer.command)
    if not given or kept_by_law(connection, point, answer.subject):
        log.warning("not erased: %r says it erased what it was not told to, or what must be kept", point)
        return
    if erasure.decided_since(connection, point, answer.subject, answer.command):
        # A decision was on its way down when the point erased: it has to go there too.
        orders.give(connection, point, Command(verb=Verb.ERASE, subject=answer.subject), AGAIN_BY)
    erasure.erase(connection, point, answer.subject)
