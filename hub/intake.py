"""What the hub does with the entries of one message (规则表). One transaction: all of it is stored, or nothing."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from hub import backlog, erasure, judgement
from hub.store import journal, streams
from hub.store.streams import Head
from wire.entry import Entry
from wire.header import Problem, ProblemCode


def take(connection: Connection, point: str, entries: Sequence[Entry]) -> Problem | None:
    """Take what is new of *entries*, a proved run of one of *point*'s streams.

    Returns None, or why nothing was taken: GAP when entries before these are missing, FORK
    when the hub holds another history, which freezes this epoch, FROZEN ever after.
    """
    first = entries[0]
    begun = streams.find(connection, point, first.producer, first.epoch)
    head = begun or Head(point, first.producer, first.epoch)
    if head.frozen_seq is not None:
        return _problem(ProblemCode.FROZEN, head)
    if first.seq > head.seq + 1:
        return _problem(ProblemCode.GAP, head)
    head = begun or streams.begin(connection, point, first.producer, first.epoch)
    if fork := _fork(connection, head, entries):
        streams.freeze(connection, head, fork.seq)
        return fork
    _store(connection, point, entries[head.seq + 1 - first.seq :])
    return None


def _store(connection: Connection, point: str, new: Sequence[Entry]) -> None:
    # A counter's few applications are judged before the clerk is answered, many after it.
    later = backlog.are_many(new) or backlog.waits(connection, point)
    for run in _runs(new):
        if later:
            backlog.put(connection, point, run)
            continue
        known = journal.of_records(connection, point, [entry.record_id for entry in run])
        journal.record(connection, point, run)
        judgement.judge(connection, point, run, known)
        erasure.follow(connection, point, run)


def agrees(connection: Connection, point: str, entries: Sequence[Entry]) -> bool:
    """Say whether *entries*, a proved run of one stream, contradict nothing that the hub holds."""
    head = streams.find(connection, point, entries[0].producer, entries[0].epoch)
    return head is None or _fork(connection, head, entries) is None


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    # Set by set, and yet one after the other: a run ends before a record comes a second time.
    run: dict[str, Entry] = {}
    for entry in entries:
        if entry.record_id in run:
            yield list(run.values())
            run = {}
        run[entry.record_id] = entry
    if run:
        yield list(run.values())


def _problem(code: ProblemCode, head: Head) -> Problem:
    return Problem(code=code, seq=head.seq, hash=head.hash)


def _fork(connection: Connection, head: Head, entries: Sequence[Entry]) -> Problem | None:
    first = entries[0]
    goes_on = first.seq == head.seq + 1
    held = {head.seq: head.hash} if goes_on else journal.hashes(connection, head, first.seq - 1, head.seq)
    offered = [(first.seq - 1, first.prev_hash), *((entry.seq, entry.hash) for entry in entries)]
    for seq, offer in offered:
        if seq <= head.seq and held[seq] != offer:
            return Problem(code=ProblemCode.FORK, seq=seq, hash=held[seq])
    return None
