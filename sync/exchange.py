"""The exchange (交换): send what the hub has not signed for, take what it wrote for us, until nothing is left.

Every step is durable before the next begins, so that it may be killed anywhere and simply start again.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from domain.errors import TshegError
from store import exchange as marks
from store import inbox, offers
from store import installation as enrolled
from store.clock import now
from store.connection import write
from store.installation import Installation
from sync.answer import Taken, take
from sync.errors import ExchangeFailed, NotSpoken, WeakLine
from sync.pieces import Pieces
from sync.transport import Transport
from wire.entry import Entry
from wire.errors import MessageError
from wire.header import CODECS, GZIP, Codec, Held, Piece
from wire.keys import PublicKey, SigningKey
from wire.message import Message, open_reply, pack, signed_head
from wire.seal import is_recipient

SMALLEST, FIRST, LARGEST = 8 << 10, 512 << 10, 4 << 20
MOST_ENTRIES = 1000
ROUND_SECONDS = 20
GROWTH, SHRINKAGE = 8, 4
FIRST_FORM: tuple[Codec, ...] = (GZIP,)
NONCE_BYTES = 16
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What an exchange did, in entries, and what is still waiting. ``problem`` is a code or empty.

    *files* counts the pictures of which the hub has said since that it holds them whole.
    """

    confirmed: int
    received: int
    waiting: int
    problem: str
    retry_after: float = 0
    files: int = 0

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
    seal_to: str = "",
) -> Report:
    """Exchange with the hub until nothing is left both ways, or until it cannot go on.

    What went wrong is in the report and in the store; only a failing store raises.
    *progress* is told the entries confirmed and those that waited at the start. With *seal_to*, our
    own recipient, the hub is asked for its own, which sticks need.
    """
    started, retry_after = now(), 0.0
    run = _Run(db, key, installation, transport, progress, marks.waiting(db), seal_to)
    with write(db):
        offers.began(db, started, run.total)
    try:
        run.until_nothing_moves()
        run.send_pictures()
    except MessageError:
        run.problem = "sync.not_the_hub"
    except TshegError as error:
        run.problem = error.code
        retry_after = error.retry_after if isinstance(error, ExchangeFailed) else 0
    problem = "sync.fork" if marks.frozen(db) else run.problem
    with write(db):
        marks.ended(db, started, problem)
        offers.ended(db, started, problem)
    return Report(run.confirmed, run.received, marks.waiting(db), problem, retry_after, run.files)


@dataclass
class _Run:
    """An exchange under way: who talks to whom, how many bytes go into a message, and what was done."""

    db: Database
    key: SigningKey
    here: Installation
    transport: Transport
    progress: Progress
    total: int
    seal_to: str
    size: int = FIRST
    codecs: tuple[Codec, ...] = CODECS
    confirmed: int = 0
    received: int = 0
    files: int = 0
    problem: str = ""

    def __post_init__(self) -> None:
        self.pieces = Pieces(self.db, self._say)

    def until_nothing_moves(self) -> None:
        """Send and take, round by round; a weak line gets smaller messages, a good one larger."""
        moved = True
        while moved:
            batch = marks.next_batch(self.db, self.size, MOST_ENTRIES)
            try:
                moved = self._timed(batch)
            except WeakLine:
                if not batch or self.size <= SMALLEST:
                    raise
                self.size = max(self.size // SHRINKAGE, SMALLEST)
            except NotSpoken:
                if self.codecs == FIRST_FORM:
                    raise
                self.codecs = FIRST_FORM
        if batch and not self.problem and marks.waiting(self.db):
            raise ExchangeFailed("sync.not_taken")

    def send_pictures(self) -> None:
        """Send pictures piece by piece; a record that was submitted meanwhile goes before the next piece."""
        while self.pieces.next():
            if marks.next_batch(self.db, SMALLEST, 1):
                self.until_nothing_moves()
        self.problem = self.problem or self.pieces.problem

    def _say(self, piece: Piece | None, data: bytes, files: list[Held]) -> tuple[Held, ...]:
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        answer = self.transport.send(self._message([], nonce, piece=piece, data=data, files=files))
        reply = self._opened(answer, nonce)
        self._count(take(self.db, self.here, [], reply, signed_head(answer)))
        return reply.header.files

    def _timed(self, batch: list[Entry]) -> bool:
        started = time.monotonic()
        more = self._count(self._round(batch))
        self.size = _paced(self.size, time.monotonic() - started)
        return more

    def _round(self, batch: list[Entry]) -> Taken:
        if batch:
            with write(self.db):
                marks.mark_sent(self.db, batch[-1])
                offers.offered(self.db, batch)
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        began = time.monotonic()
        question = self.pieces.question()
        answer = self.transport.send(self._message(batch, nonce, files=question))
        reply = self._opened(answer, nonce)
        self.pieces.hear(question, reply.header.files)
        seconds = time.monotonic() - began
        taken = take(self.db, self.here, batch, reply, signed_head(answer))
        if taken.confirmed:
            with write(self.db):
                offers.measured(self.db, batch, seconds)
        return taken

    def _message(
        self, batch: list[Entry], nonce: str, piece: Piece | None = None, data: bytes = b"", files: Sequence[Held] = ()
    ) -> bytes:
        return pack(
            self.key,
            sender=self.here.stamp.code,
            receiver=self.here.hub,
            nonce=nonce,
            entries=batch,
            cursor=inbox.cursor(self.db, self.here.downstream),
            accept=CODECS,
            room=self.size,
            codecs=self.codecs,
            seal_to=self.seal_to,
            piece=piece,
            data=data,
            files=files,
        )

    def _opened(self, answer: bytes, nonce: str) -> Message:
        hub, point = self.here.hub, self.here.stamp.code
        reply = open_reply(answer, PublicKey(self.here.hub_key), sender=hub, receiver=point, nonce=nonce)
        if self.seal_to and is_recipient(reply.header.seal_to):
            with write(self.db):
                enrolled.learn_seal(self.db, reply.header.seal_to)
            self.seal_to = ""
        return reply

    def _count(self, taken: Taken) -> bool:
        self.confirmed += taken.confirmed
        self.received += taken.received
        self.files += taken.files
        self.problem = taken.problem or self.problem
        self.progress(self.confirmed, self.total)
        return taken.moved and (taken.received > 0 or marks.waiting(self.db) > 0)


def _paced(size: int, seconds: float) -> int:
    """Return how many bytes would take about ``ROUND_SECONDS``, where *size* took *seconds*: half to eight times."""
    change = min(max(ROUND_SECONDS / max(seconds, 1), 0.5), GROWTH)
    return min(max(int(size * change), SMALLEST), LARGEST)
