"""What a point says it holds of its own streams, beside what the hub holds (核对): less here is a gap, more a tail."""

from collections.abc import Iterator

from msgspec.structs import replace
from sqlalchemy import Connection

from hub.store import journal, streams
from hub.store.streams import Head
from wire.entry import Entry
from wire.header import Holding, Holds, Problem, ProblemCode


def lost(connection: Connection, point: str, holds: Holds) -> Problem | None:
    """Return the first stream of which the hub holds less than it has signed for, for it was set back; or None."""
    for holding in holds.streams:
        head = streams.find(connection, point, point, holding.epoch) or Head(point, point, holding.epoch)
        if head.seq < holding.acked:
            return Problem(code=ProblemCode.GAP, seq=head.seq, hash=head.hash, epoch=head.epoch)
    return None


def tail(connection: Connection, point: str, holds: Holds, limit: int, size: int) -> list[Entry]:
    """Return what follows in the first of the point's streams of which it holds less than the hub, oldest first."""
    for head, seq in _behind(connection, point, holds):
        return journal.after(connection, head, seq, limit, size)
    return []


def _behind(connection: Connection, point: str, holds: Holds) -> Iterator[tuple[Head, int]]:
    held = {holding.epoch: holding for holding in holds.streams}
    for head in streams.of_producer(connection, point, point):
        holding = held.get(head.epoch)
        if holding is None and head.seq:
            yield head, 0
        elif holding and head.seq > holding.seq and journal.holds(connection, head, holding.seq, holding.hash):
            # Another history in the same place is a fork, and shows when the point sends it.
            yield head, holding.seq


def and_then(holds: Holds, last: Entry) -> Holds:
    """Return *holds* of a point that has taken everything of one stream up to *last*."""
    others = (holding for holding in holds.streams if holding.epoch != last.epoch)
    return replace(holds, streams=(*others, Holding(epoch=last.epoch, seq=last.seq, hash=last.hash)))
