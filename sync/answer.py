"""What an answer of the hub changes here (回答): each part in a transaction of its own, and only with proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from domain.errors import Conflict, TshegError
from store import deliveries, inbox, tail
from store import exchange as marks
from store.connection import fold_log_in, write
from store.installation import Installation
from sync import orders
from sync.errors import LONGEST_WAIT, ExchangeFailed, NotSpoken, WeakLine
from wire.entry import Entry
from wire.header import Ack, Held, Problem, ProblemCode
from wire.message import Message

REFUSED = {
    ProblemCode.UNKNOWN_KEY: "sync.unknown_key",
    ProblemCode.REVOKED: "sync.revoked",
    ProblemCode.BAD_SIGNATURE: "sync.bad_signature",
    ProblemCode.FOREIGN: "sync.foreign",
    ProblemCode.TOO_LARGE: "sync.too_large",
    ProblemCode.MALFORMED: "sync.malformed",
}


@dataclass(frozen=True)
class Taken:
    """What one answer brought, in entries; ``moved`` when anything is other than before it.

    ``goes_on``: there is something to say to the hub at once, whatever waits. *files* counts the pictures that
    are complete by it. ``caught_up``: the hub has nothing more for us now.
    """

    confirmed: int
    received: int
    moved: bool
    problem: str
    goes_on: bool = False
    files: int = 0
    caught_up: bool = False


def take(db: Database, here: Installation, batch: Sequence[Entry], reply: Message, proof: bytes) -> Taken:
    """Believe *reply*, the answer to *batch* that came just now, and remember that the hub answered."""
    with write(db):
        marks.answered(db)
    return believe(db, here, batch, reply, proof)


def believe(db: Database, here: Installation, batch: Sequence[Entry], reply: Message, proof: bytes) -> Taken:
    """Believe *reply*, a proved answer to *batch*, whenever it was given; *proof* is its signed head.

    Raises Conflict for an acknowledgement that is not ours, ExchangeFailed where the hub took nothing.
    """
    confirmed = _acknowledge(db, reply.header.ack, proof)
    moved, problem = _heed(db, here, reply.header.problem, batch) if reply.header.problem else (False, "")
    files = _hear(db, reply.header.files, proof)
    received, refused = _receive(db, here, reply.entries, proof)
    answered = orders.carry_out(db)
    moved = moved or confirmed + received + answered > 0
    return Taken(confirmed, received, moved, refused or problem, files=files, caught_up=reply.header.caught_up)


def gives_back(here: Installation, entries: Sequence[Entry]) -> bool:
    """Say whether *entries* are of our own streams: what the hub holds and a restored point lacks."""
    return bool(entries) and entries[0].producer == here.stamp.code


def _acknowledge(db: Database, ack: Ack | None, proof: bytes) -> int:
    before = marks.waiting(db)
    if ack:
        with write(db):
            marks.record_ack(db, ack, proof)
    return before - marks.waiting(db)


def _hear(db: Database, files: Sequence[Held], proof: bytes) -> int:
    if not files:
        return 0
    with write(db):
        return deliveries.heard(db, files, proof)


def _heed(db: Database, here: Installation, problem: Problem, batch: Sequence[Entry]) -> tuple[bool, str]:
    match problem.code:
        case ProblemCode.GAP if problem.epoch:
            return _rewind(db, here.stamp.code, problem.epoch, problem), ""
        case ProblemCode.GAP if batch:
            return _rewind(db, batch[0].producer, batch[0].epoch, problem), ""
        case ProblemCode.FORK | ProblemCode.FROZEN if batch:
            return _freeze(db, batch[0].producer, batch[0].epoch), ""
        case ProblemCode.CURSOR:
            return False, "sync.cursor"
        case ProblemCode.TOO_LARGE if len(batch) > 1:
            raise WeakLine
        case ProblemCode.UNSUPPORTED:
            raise NotSpoken
        case ProblemCode.QUOTA:
            raise ExchangeFailed("sync.busy", min(problem.retry_after, LONGEST_WAIT))
        case _:
            raise ExchangeFailed(REFUSED.get(problem.code, "sync.not_taken"))


def _rewind(db: Database, producer: str, epoch: str, problem: Problem) -> bool:
    try:
        with write(db):
            return marks.rewind(db, producer, epoch, problem.seq, problem.hash)
    except Conflict:
        return _freeze(db, producer, epoch)


def _freeze(db: Database, producer: str, epoch: str) -> bool:
    with write(db):
        marks.freeze(db, producer, epoch)
    return True


def _given_back(db: Database, entries: tuple[Entry, ...], proof: bytes) -> int:
    with write(db):
        new = tail.receive(db, entries, proof)
    if any(entry.erased for entry in entries):
        fold_log_in(db)
    return new


def _receive(db: Database, here: Installation, entries: tuple[Entry, ...], proof: bytes) -> tuple[int, str]:
    try:
        if gives_back(here, entries) and marks.asks_first(db):
            return _given_back(db, entries, proof), ""
        with write(db):
            received = inbox.receive(db, entries, here.downstream, here.hub_public)
            return received, "sync.said_otherwise" if received and inbox.contradict(db, entries) else ""
    except TshegError as error:
        # What comes down must not stop what goes up.
        return 0, error.code
