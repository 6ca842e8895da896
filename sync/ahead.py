"""The next message is written while this one travels (先备下一批), so that a slow line need not wait for it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from wire.body import write_body
from wire.entry import Entry
from wire.header import Codec

Body = tuple[Codec, bytes]
WORTH_IT = 64 << 10


class Ahead:
    """What was written in advance: a guess that is used only where it turns out to be what has to be sent."""

    def __init__(self, size_of: Callable[[Sequence[Entry]], int]) -> None:
        self.size_of = size_of
        self.entries: list[Entry] = []
        self.codecs: Sequence[Codec] = ()
        self.body: Future[Body] | None = None

    def begin(self, entries: list[Entry], codecs: Sequence[Codec]) -> None:
        """Write *entries* beside what is under way; a few of them are not worth a thread."""
        self.entries, self.codecs, self.body = entries, codecs, None
        if self.size_of(entries) >= WORTH_IT:
            with_one = ThreadPoolExecutor(1, thread_name_prefix="ahead")
            self.body = with_one.submit(write_body, entries, codecs)
            with_one.shutdown(wait=False)

    def instead_of(self, batch: list[Entry], size: int) -> list[Entry]:
        """Return the entries that were written in advance where they may go in place of *batch*, or *batch*.

        They follow the same entry, are no more than *size* bytes and no less than half of *batch*.
        """
        fits = self.size_of(batch) // 2 <= self.size_of(self.entries) <= size
        starts = bool(batch and self.entries) and batch[0].hash == self.entries[0].hash
        return self.entries if self.body and starts and fits else batch

    def take(self, batch: list[Entry], codecs: Sequence[Codec]) -> Body | None:
        """Return the body of *batch* if it is what was written in advance for the same *codecs*."""
        return self.body.result() if self.body and batch is self.entries and codecs == self.codecs else None
