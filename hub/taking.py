"""Taking what a proved message brings (收取): committed before it is acknowledged."""

import logging

from hub import backlog, erasure, holdings, intake, kept, succession
from hub.background import wake
from hub.clock import now
from hub.installation import Installation
from hub.store.engine import fold_log_in, read, write
from hub.succession import Signed
from wire.entry import Entry
from wire.header import Ack, Header, Holds, NextKey, Problem

log = logging.getLogger("tsheg.security")


def take(here: Installation, message: Signed) -> tuple[Ack | None, Problem | None]:
    """Settle the sender's keys and take the entries, in one transaction; return the acknowledgement or why not."""
    if not message.entries and not message.changes_keys:
        return None, None
    point = message.header.sender
    problem, erased = _commit(here, point, message)
    if problem:
        log.warning("exchange refused: %s, sender %r, seq %d", problem.code, point, problem.seq)
        return None, problem
    if any(entry.kind == "carried_out" for entry in message.entries):
        fold_log_in(here.engine)
    if erased:
        kept.forget(here, point)
    # Not the head: a point restored from a backup holds less than we do and can prove only what it offered.
    return _acknowledged(message.entries[-1]) if message.entries else None, None


def compare(here: Installation, asked: Header) -> tuple[Problem | None, NextKey | None]:
    """Return what of the sender's own we have signed for and lost, and the key it announced, once we know that."""
    if asked.holds is None and asked.next_key is None:
        return None, None
    with read(here.engine) as connection:
        lost = holdings.lost(connection, asked.sender, asked.holds or Holds())
        next_key = asked.next_key if succession.is_known(connection, asked) else None
    if lost:
        log.warning("set back: %r has proof of more than we hold, after %d", asked.sender, lost.seq)
    return lost, next_key


def see_to_judgement(here: Installation, message: Signed) -> None:
    """Have judged what waits: many in the background, from now on; a piece of them when a point merely asks."""
    if backlog.are_many(message.entries):
        wake()
    elif not message.entries:
        backlog.take_up(here, message.header.sender)


def _commit(here: Installation, point: str, message: Signed) -> tuple[Problem | None, bool]:
    """Return why nothing was taken, and whether what was taken says that something was erased."""
    with write(here.engine, point) as connection:
        erased = erasure.is_news(connection, point, message.entries)
        problem = succession.settle(connection, message)
        if message.entries and not problem:
            problem = intake.take(connection, point, message.entries)
    return problem, erased


def _acknowledged(last: Entry) -> Ack:
    return Ack(producer=last.producer, epoch=last.epoch, seq=last.seq, hash=last.hash, hub_time=now())
