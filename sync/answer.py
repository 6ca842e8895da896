"""What an answer of the hub changes here (回答): each part in a transaction of its own, and only with proof."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from domain.errors import Conflict, TshegError
from store import deliveries, inbox
from store import exchange as marks
from store.connection import write
from store.installation import Installation
from sync.errors import ExchangeFailed, NotSpoken, WeakLine
from wire.entry import Entry
from wire.header import Ack, Held, Problem, ProblemCode
from wire.keys import PublicKey
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

    *files* counts the pictures that are complete by it.
    """

    confirmed: int
    received: int
    moved: bool
    problem: str
    files: int = 0


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
    moved, problem = _heed(db, reply.header.problem, batch) if reply.header.problem else (False, "")
    files = _hear(db, reply.header.files, proof)
    received, refused = _receive(db, here, reply.entries)
    return Taken(confirmed, received, moved or confirmed > 0 or received > 0, refused or problem, files)


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


def _heed(db: Database, problem: Problem, batch: Sequence[Entry]) -> tuple[bool, str]:
    match problem.code:
        case ProblemCode.GAP if batch:
            return _rewind(db, batch[0], problem), ""
        case ProblemCode.FORK | ProblemCode.FROZEN if batch:
            return _freeze(db, batch[0]), ""
        case ProblemCode.CURSOR:
            return False, "sync.cursor"
        case ProblemCode.TOO_LARGE if len(batch) > 1:
            raise WeakLine
        case ProblemCode.UNSUPPORTED:
            raise NotSpoken
        case _:
            raise ExchangeFailed(REFUSED.get(problem.code, "sync.not_taken"))


def _rewind(db: Database, first: Entry, problem: Problem) -> bool:
    try:
        with write(db):
            return marks.rewind(db, first.producer, first.epoch, problem.seq, problem.hash)
    except Conflict:
        return _freeze(db, first)


def _freeze(db: Database, first: Entry) -> bool:
    with write(db):
        marks.freeze(db, first.producer, first.epoch)
    return True


def _receive(db: Database, here: Installation, entries: tuple[Entry, ...]) -> tuple[int, str]:
    try:
        with write(db):
            return inbox.receive(db, entries, here.downstream, PublicKey(here.hub_key)), ""
    except TshegError as error:
        # What comes down must not stop what goes up.
        return 0, error.code
