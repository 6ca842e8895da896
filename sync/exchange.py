"""The exchange (交换): send what the hub has not signed for, take what it wrote for us, until nothing is left.

Every step is durable before the next begins, so that it may be killed anywhere and simply start again.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlite_utils import Database

from domain.errors import TshegError
from store import exchange as marks
from store import inbox, offers, tail
from store import installation as enrolled
from store.clock import now
from store.connection import write
from store.installation import Installation
from sync.ahead import Ahead
from sync.answer import Taken, take
from sync.errors import ExchangeFailed, NotSpoken, WeakLine
from sync.pieces import Pieces
from sync.rotation import Rotation
from sync.transport import Transport
from wire.entry import Entry
from wire.errors import MessageError
from wire.fit import fitting
from wire.header import CODECS, GZIP, Codec, Held, Holds, Piece
from wire.keys import SigningKey
from wire.message import Message, open_reply, pack, signed_head
from wire.seal import is_recipient

SMALLEST, FIRST, LARGEST = 8 << 10, 512 << 10, 4 << 20
MOST_ENTRIES = 1000
ROUND_SECONDS = 20
GROWTH, SHRINKAGE, LIKELY_GROWTH = 8, 4, 4
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
    rotation: Rotation | None = None,
) -> Report:
    """Exchange with the hub until nothing is left both ways, or until it cannot go on.

    What went wrong is in the report and in the store; only a failing store raises.
    *progress* is told the entries confirmed and those that waited at the start. With *seal_to*, our
    own recipient, the hub is asked for its own, which sticks need. With *rotation* the point may change its key.
    """
    started, retry_after = now(), 0.0
    run = _Run(
        db, key, installation, transport, progress, marks.waiting(db), seal_to, rotation, offers.fitting(db) or FIRST
    )
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
    rotation: Rotation | None
    size: int = FIRST
    codecs: tuple[Codec, ...] = CODECS
    confirmed: int = 0
    received: int = 0
    files: int = 0
    problem: str = ""
    stated: bool = False
    ahead: Ahead = field(default_factory=lambda: Ahead(offers.size_of))

    def __post_init__(self) -> None:
        self.pieces = Pieces(self.db, self._say)

    def until_nothing_moves(self) -> None:
        """Send and take, round by round; a weak line gets smaller messages, a good one larger."""
        moved = True
        while moved:
            waiting = fitting(marks.next_batch(self.db, self.size, MOST_ENTRIES))
            batch = self.ahead.instead_of(waiting, self.size)
            try:
                moved = self._timed(batch)
            except ExchangeFailed as error:
                if not self._says_it_otherwise(error, batch):
                    raise
        if batch and not self.problem and marks.waiting(self.db):
            raise ExchangeFailed("sync.not_taken")

    def _says_it_otherwise(self, error: ExchangeFailed, batch: list[Entry]) -> bool:
        match error:
            case WeakLine() if self.size > SMALLEST and (batch or marks.asks_first(self.db)):
                self.size = max(self.size // SHRINKAGE, SMALLEST)
            case NotSpoken() if self.codecs != FIRST_FORM:
                self.codecs = FIRST_FORM
            case ExchangeFailed(code="sync.unknown_key") if self.rotation and self.rotation.fall_back():
                self.key = self.rotation.signing
            case _:
                return False
        return True

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
        self._learn(batch, time.monotonic() - started)
        return more

    def _learn(self, batch: list[Entry], seconds: float) -> None:
        size = _paced(self.size, seconds)
        if size < self.size or not batch or offers.size_of(batch) > self.size // 2:
            # A message with room left says nothing of larger ones.
            self.size = size
        fits = min(self.size, FIRST)
        if batch and fits != offers.fitting(self.db):
            with write(self.db):
                offers.fitted(self.db, fits)

    def _round(self, batch: list[Entry]) -> Taken:
        if batch:
            with write(self.db):
                marks.mark_sent(self.db, batch[-1])
                offers.offered(self.db, batch)
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        question = self.pieces.question()
        message = self._message(batch, nonce, files=question)
        self._look_ahead(batch)
        began = time.monotonic()
        answer = self.transport.send(message)
        reply = self._opened(answer, nonce)
        self.pieces.hear(question, reply.header.files)
        seconds = time.monotonic() - began
        asked = marks.asks_first(self.db)
        taken = take(self.db, self.here, batch, reply, signed_head(answer))
        self.stated = True
        if taken.confirmed:
            with write(self.db):
                offers.measured(self.db, batch, seconds)
        if asked:
            taken = self._back(taken, reply)
        return self._switched(taken, reply)

    def _back(self, taken: Taken, reply: Message) -> Taken:
        own = bool(reply.entries) and reply.entries[0].producer == self.here.stamp.code
        if not own or not taken.received:
            with write(self.db):
                tail.is_complete(self.db)
        return replace(taken, goes_on=True)

    def _switched(self, taken: Taken, reply: Message) -> Taken:
        if self.rotation and self.rotation.heed(reply.header.next_key):
            self.key = self.rotation.signing
            return replace(taken, goes_on=True)
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
            next_key=self.rotation.announcement(self.here.stamp.code, self.here.hub) if self.rotation else None,
            holds=self._holds(batch),
            written=self.ahead.take(batch, self.codecs),
            piece=piece,
            data=data,
            files=tuple(files),
        )

    def _look_ahead(self, batch: list[Entry]) -> None:
        last, likely = batch[-1] if batch else None, min(self.size * (1 if self.confirmed else LIKELY_GROWTH), LARGEST)
        following = marks.run(self.db, last.producer, last.epoch, last.seq, likely, MOST_ENTRIES) if last else []
        self.ahead.begin(fitting(following), self.codecs)

    def _holds(self, batch: list[Entry]) -> Holds | None:
        """Say what we hold where the hub must know all of it, and once in an exchange what it has signed for."""
        missing = marks.asks_first(self.db)
        if missing or (self.rotation and self.rotation.next):
            return Holds(streams=tail.holdings(self.db), tail=missing)
        here = {entry.epoch for entry in batch[:1]}
        stated = () if self.stated else tail.holdings(self.db)
        others = tuple(holding for holding in stated if holding.acked and holding.epoch not in here)
        return Holds(streams=others) if others else None

    def _opened(self, answer: bytes, nonce: str) -> Message:
        hub, point = self.here.hub, self.here.stamp.code
        reply = open_reply(answer, self.here.hub_public, sender=hub, receiver=point, nonce=nonce)
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
        return taken.goes_on or (taken.moved and (taken.received > 0 or marks.waiting(self.db) > 0))


def _paced(size: int, seconds: float) -> int:
    """Return how many bytes would take about ``ROUND_SECONDS``, where *size* took *seconds*: half to eight times."""
    change = min(max(ROUND_SECONDS / max(seconds, 1), 0.5), GROWTH)
    return min(max(int(size * change), SMALLEST), LARGEST)
