"""How large a message is (一次传多少): what the line carries in some seconds, and less where it gives way."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from store import offers
from store.connection import write
from wire.entry import Entry

SMALLEST, FIRST, LARGEST = 8 << 10, 512 << 10, 4 << 20
ROUND_SECONDS = 20
GROWTH, SHRINKAGE = 8, 4


@dataclass
class Pace:
    """How many bytes go into the next message: *smallest* to *largest*, as many as take about *seconds*."""

    size: int
    smallest: int
    largest: int
    seconds: float

    def weaken(self) -> bool:
        """Send less after the line gave way; say whether there was anything smaller."""
        weaker = self.size > self.smallest
        self.size = max(self.size // SHRINKAGE, self.smallest)
        return weaker

    def after(self, size: int, seconds: float) -> int:
        """Return how many bytes to send after *size* took *seconds*: half of them to eight times."""
        change = min(max(self.seconds / max(seconds, 1), 0.5), GROWTH)
        return min(max(int(size * change), self.smallest), self.largest)


def of_line(db: Database) -> Pace:
    """Return the pace at which records begin: what the line carried last."""
    return Pace(offers.fitting(db) or FIRST, SMALLEST, LARGEST, ROUND_SECONDS)


def learn(db: Database, pace: Pace, batch: Sequence[Entry], seconds: float) -> None:
    """Adapt *pace* to a round that brought *batch* in *seconds*, and remember it for the next exchange."""
    size = pace.after(pace.size, seconds)
    if size < pace.size or not batch or offers.size_of(batch) > pace.size // 2:
        # A message with room left says nothing of larger ones.
        pace.size = size
    fits = min(pace.size, FIRST)
    if batch and fits != offers.fitting(db):
        with write(db):
            offers.fitted(db, fits)
