"""The rounds of an exchange (一轮一轮地传): a batch and its answer, until nothing moves; then picture after picture."""

import time
from dataclasses import dataclass, field, replace

from sqlite_utils import Database

from store import exchange as marks
from store import offers, tail
from store.connection import write
from store.installation import Installation
from sync.ahead import Ahead
from sync.answer import Taken, gives_back, take
from sync.conversation import Answer, Conversation
from sync.errors import ExchangeFailed, WeakLine
from sync.pace import Pace, learn
from sync.pieces import Pieces
from sync.tally import Tally
from wire.entry import Entry
from wire.fit import fitting
from wire.header import Held, Piece
from wire.message import Message

MOST_ENTRIES = 1000
LIKELY_GROWTH = 4


@dataclass
class Rounds:
    """An exchange under way: *talk* carries every message, *pace* says how large it is, *tally* what came of it."""

    db: Database
    here: Installation
    talk: Conversation
    tally: Tally
    pace: Pace
    ahead: Ahead = field(default_factory=lambda: Ahead(offers.size_of))

    def __post_init__(self) -> None:
        self.pieces = Pieces(self.db, self._say)

    def until_nothing_moves(self) -> None:
        """Send and take, round by round; a weak line gets smaller messages, a good one larger."""
        moved = True
        while moved:
            waiting = fitting(marks.next_batch(self.db, self.pace.size, MOST_ENTRIES))
            batch = self.ahead.instead_of(waiting, self.pace.size)
            try:
                moved = self._timed(batch)
            except ExchangeFailed as error:
                if not self._goes_otherwise(error, batch):
                    raise
        if batch and not self.tally.problem and marks.waiting(self.db):
            raise ExchangeFailed("sync.not_taken")

    def send_pictures(self) -> None:
        """Send pictures piece by piece; a record that was submitted meanwhile goes before the next piece."""
        while self.pieces.next():
            if marks.next_batch(self.db, self.pace.smallest, 1):
                self.until_nothing_moves()
        self.tally.problem = self.tally.problem or self.pieces.problem

    def _goes_otherwise(self, error: ExchangeFailed, batch: list[Entry]) -> bool:
        if isinstance(error, WeakLine):
            return bool(batch or marks.asks_first(self.db)) and self.pace.weaken()
        return self.talk.has_another_way(error)

    def _timed(self, batch: list[Entry]) -> bool:
        started = time.monotonic()
        taken = self._round(batch)
        self.tally.add(taken)
        learn(self.db, self.pace, batch, time.monotonic() - started)
        has_more = taken.received > 0 and not taken.caught_up
        return taken.goes_on or (taken.moved and (has_more or marks.waiting(self.db) > 0))

    def _round(self, batch: list[Entry]) -> Taken:
        answer = self._asked(batch)
        restored = marks.asks_first(self.db)
        taken = take(self.db, self.here, batch, answer.message, answer.proof)
        self.talk.stated = True
        if taken.confirmed:
            with write(self.db):
                offers.measured(self.db, batch, answer.seconds)
        if restored:
            taken = self._back(taken, answer.message)
        return replace(taken, goes_on=self.talk.switches(answer.message.header.next_key) or taken.goes_on)

    def _asked(self, batch: list[Entry]) -> Answer:
        if batch:
            with write(self.db):
                marks.mark_sent(self.db, batch[-1])
                offers.offered(self.db, batch)
        files, written = self.pieces.question(), self.ahead.take(batch, self.talk.codecs)
        room, ahead = self.pace.size, lambda: self._look_ahead(batch)
        answer = self.talk.say(batch, ahead, room=room, files=tuple(files), written=written)
        self.pieces.hear(files, answer.message.header.files)
        return answer

    def _look_ahead(self, batch: list[Entry]) -> None:
        last = batch[-1] if batch else None
        likely = min(self.pace.size * (1 if self.tally.confirmed else LIKELY_GROWTH), self.pace.largest)
        following = marks.run(self.db, last.producer, last.epoch, last.seq, likely, MOST_ENTRIES) if last else []
        self.ahead.begin(fitting(following), self.talk.codecs)

    def _back(self, taken: Taken, reply: Message) -> Taken:
        """Go on asking until the hub gives back nothing more of ours."""
        if not gives_back(self.here, reply.entries) or not taken.received:
            with write(self.db):
                tail.is_complete(self.db)
        return replace(taken, goes_on=True)

    def _say(self, piece: Piece | None, data: bytes, files: list[Held]) -> tuple[Held, ...]:
        answer = self.talk.say([], room=self.pace.size, piece=piece, data=data, files=tuple(files))
        self.tally.add(take(self.db, self.here, [], answer.message, answer.proof))
        return answer.message.header.files
