"""The exchange (交换): send what the hub has not signed for, take what it wrote for us, until nothing is left.

Every step is durable before the next begins, so that it may be killed anywhere and simply start again.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from domain.errors import Conflict, TshegError
from store import exchange as marks
from store import inbox
from store.clock import now
from store.connection import write
from store.installation import Installation
from sync.errors import ExchangeFailed, WeakLine
from sync.transport import Transport
from wire.entry import Entry
from wire.errors import MessageError
from wire.header import Ack, Problem, ProblemCode
from wire.keys import PublicKey, SigningKey
from wire.message import Message, open_reply, pack, signed_head

SMALLEST, FIRST, LARGEST = 4 << 10, 16 << 10, 256 << 10
MOST_ENTRIES = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What an exchange did, in entries, and what is still waiting. ``problem`` is a code or empty."""

    confirmed: int
    received: int
    waiting: int
    problem: str
    retry_after: float = 0

    @property
    def complete(self) -> bool:
        """Whether the hub has signed for everything and nothing went wrong."""
        return not self.waiting and not self.problem


def exchange(
    db: Database,
    key: SigningKey,
    installation: Installation,
    transport: Transport,
    progress: Progress = lambda _confirmed, _total: None,
) -> Report:
    """Exchange with the hub until nothing is left both ways, or until it cannot go on.

    What went wrong is in the report and in the store; only a failing store raises.
    *progress* is told the entries confirmed and those that waited at the start.
    """
    started = now()
    run = _Exchange(db, key, installation, transport, progress)
    retry_after = 0.0
    try:
        run.run()
    except (TshegError, MessageError) as error:
        run.problem = error.code if isinstance(error, TshegError) else "sync.not_the_hub"
        retry_after = error.retry_after if isinstance(error, ExchangeFailed) else 0
    problem = "sync.fork" if marks.frozen(db) else run.problem
    with write(db):
        marks.ended(db, started, problem)
    return Report(run.confirmed, run.received, marks.waiting(db), problem, retry_after)


class _Exchange:
    """One exchange under way: how much fits through, and what has been done."""

    def __init__(
        self, db: Database, key: SigningKey, installation: Installation, transport: Transport, progress: Progress
    ) -> None:
        self.db = db
        self.key = key
        self.here = installation
        self.transport = transport
        self.progress = progress
        self.hub_key = PublicKey(installation.hub_key)
        self.downstream = f"hub/{installation.stamp.code}"
        self.total = marks.waiting(db)
        self.size = FIRST
        self.confirmed = 0
        self.received = 0
        self.problem = ""

    def run(self) -> None:
        """Ask and answer until a round changes nothing."""
        moved = True
        while moved:
            batch = marks.next_batch(self.db, self.size, MOST_ENTRIES)
            try:
                moved = self._round(batch)
                self.size = min(self.size * 2, LARGEST)
            except WeakLine:
                if not batch or self.size <= SMALLEST:
                    raise
                self.size //= 2
            self.progress(self.confirmed, self.total)
        if batch and not self.problem:
            raise ExchangeFailed("sync.not_taken")

    def _round(self, batch: list[Entry]) -> bool:
        nonce = secrets.token_urlsafe(16)
        if batch:
            with write(self.db):
                marks.mark_sent(self.db, batch[-1])
        point = self.here.stamp.code
        cursor = inbox.cursor(self.db, self.downstream)
        answer = self.transport.send(
            pack(self.key, sender=point, receiver=self.here.hub, nonce=nonce, entries=batch, cursor=cursor)
        )
        reply = open_reply(answer, self.hub_key, sender=self.here.hub, receiver=point, nonce=nonce)
        return self._take(batch, reply, signed_head(answer))

    def _take(self, batch: list[Entry], reply: Message, proof: bytes) -> bool:
        ack, problem = reply.header.ack, reply.header.problem
        with write(self.db):
            marks.answered(self.db)
        moved = self._acknowledge(ack, proof) if ack else False
        if problem:
            moved |= self._heed(problem, batch)
        return self._receive(reply.entries) or moved

    def _acknowledge(self, ack: Ack, proof: bytes) -> bool:
        before = marks.waiting(self.db)
        with write(self.db):
            moved = marks.record_ack(self.db, ack, proof)
        self.confirmed += before - marks.waiting(self.db)
        return moved

    def _receive(self, entries: tuple[Entry, ...]) -> bool:
        try:
            with write(self.db):
                new = inbox.receive(self.db, entries, self.downstream, self.hub_key)
        except TshegError as error:
            # What comes down must not stop what goes up.
            self.problem = error.code
            return False
        self.received += new
        return new > 0

    def _heed(self, problem: Problem, batch: list[Entry]) -> bool:
        match problem.code:
            case ProblemCode.GAP if batch:
                return self._rewind(batch[0], problem)
            case ProblemCode.FORK | ProblemCode.FROZEN if batch:
                return self._freeze(batch[0])
            case ProblemCode.TOO_LARGE if len(batch) > 1:
                raise WeakLine
            case ProblemCode.CURSOR:
                self.problem = "sync.cursor"
                return False
            case _:
                raise ExchangeFailed(f"sync.{problem.code}")

    def _rewind(self, first: Entry, problem: Problem) -> bool:
        try:
            with write(self.db):
                return marks.rewind(self.db, first.producer, first.epoch, problem.seq, problem.hash)
        except Conflict:
            return self._freeze(first)

    def _freeze(self, first: Entry) -> bool:
        with write(self.db):
            marks.freeze(self.db, first.producer, first.epoch)
        return True
