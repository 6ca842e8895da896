"""Receive first, judge after (先收后核): what comes in numbers is stored and acknowledged, then judged in pieces.

What waits is written down in the transaction that stores it, so no crash forgets it. A piece is one
transaction under the lock of its point, whoever takes it up: a request, the background, a command.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from hub import erasure, judgement
from hub.installation import Installation
from hub.store import backlog, journal, projections
from hub.store.engine import read, write
from wire.entry import Entry

AT_ONCE = 64
PIECE = 100


def put(connection: Connection, point: str, run: Sequence[Entry]) -> None:
    """Store a run, no record in it twice, its applications to be judged later.

    Revisions of a record are judged in the order in which they came: what waits of these records is judged
    before, so nothing waits twice and the journal's order is the order of judgement.
    """
    waiting = waits(connection, point)
    if waiting and backlog.holds(connection, point, [entry.record_id for entry in run]):
        while waiting := _judge_piece(connection, point) > 0:
            pass
    kept = journal.keep(connection, point, run)
    projections.project(connection, [one for one in kept if one.entry.kind != journal.APPLICATION])
    if not waiting and any(one.entry.kind == journal.APPLICATION for one in kept):
        backlog.begin(connection, point, kept[0].position)
    erasure.follow(connection, point, run)


def are_many(entries: Sequence[Entry]) -> bool:
    """Say whether there are too many applications among *entries* to let the sender wait for their judgement."""
    return sum(entry.kind == journal.APPLICATION for entry in entries) > AT_ONCE


def waits(connection: Connection, point: str) -> bool:
    """Say whether anything of *point* waits to be judged."""
    return backlog.find(connection, point) is not None


def take_up(here: Installation, point: str) -> int:
    """Judge the next piece of what waits of *point*; return how many applications that were."""
    with read(here.engine) as connection:
        if not waits(connection, point):
            return 0
    with write(here.engine, point) as connection:
        return _judge_piece(connection, point)


def clear(here: Installation, point: str) -> int:
    """Judge all that waits of *point*, piece by piece; return how many applications that were."""
    total = 0
    while judged := take_up(here, point):
        total += judged
    return total


def clear_all(here: Installation) -> int:
    """Judge all that waits, of every point; return how many applications that were."""
    return sum(clear(here, point) for point in points(here))


def points(here: Installation) -> list[str]:
    """Return the points of which something waits, the longest waiting first."""
    with read(here.engine) as connection:
        return list(backlog.every(connection))


def _judge_piece(connection: Connection, point: str) -> int:
    position = backlog.find(connection, point)
    if position is None:
        return 0
    waiting = journal.applications(connection, point, position, PIECE + 1)
    piece, left = waiting[:PIECE], waiting[PIECE:]
    entries = [one.entry for one in piece]
    earlier = journal.of_records(connection, point, [entry.record_id for entry in entries], before=position)
    projections.project(connection, piece)
    judgement.judge(connection, point, entries, earlier)
    if left:
        backlog.move(connection, point, left[0].position)
    else:
        backlog.end(connection, point)
    return len(piece)
