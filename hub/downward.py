"""What a point does not hold yet (下行): of its own records, and of what we wrote for it. One list for each message."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from hub import backlog, holdings, set_back
from hub.installation import Installation
from hub.store import journal, streams
from hub.store.engine import read, write
from wire.entry import Entry
from wire.fit import fitting
from wire.header import Cursor, Header, Holds

DEFAULT_ROOM = 256 << 10
log = logging.getLogger("tsheg.security")


def own(here: Installation, asked: Header) -> Iterator[list[Entry]]:
    """Yield what we hold of the sender's own streams beyond what it says it holds, where it asks for that."""
    holds = asked.holds or Holds()
    while holds.tail:
        with read(here.engine) as connection:
            found = holdings.tail(connection, asked.sender, holds, here.settings.reply_entries, _room(here, asked))
        entries = fitting(found)
        if not entries:
            return
        yield entries
        holds = holdings.and_then(holds, entries[-1])


@dataclass(frozen=True)
class Part:
    """Entries for one message; *is_last* when nothing follows them and nothing waits to be judged."""

    entries: list[Entry]
    is_last: bool


def ours(here: Installation, asked: Header) -> Iterator[Part]:
    """Yield what follows the sender's cursor in what we wrote for it; the first part may be empty."""
    part = _after(here, asked, asked.cursor)
    yield part
    while part.entries:
        last = part.entries[-1]
        part = _after(here, asked, Cursor(epoch=last.epoch, seq=last.seq, hash=last.hash))
        if part.entries:
            yield part


def _after(here: Installation, asked: Header, cursor: Cursor | None) -> Part:
    point = asked.sender
    with read(here.engine) as connection:
        head = streams.newest(connection, point, streams.down(point))
        if head is None or cursor == Cursor(epoch=head.epoch, seq=head.seq, hash=head.hash):
            return Part([], not backlog.waits(connection, point))
        if not cursor or not set_back.is_behind(connection, head, cursor):
            seq = cursor.seq if cursor and cursor.epoch == head.epoch else 0
            found = journal.after(connection, head, seq, here.settings.reply_entries, _room(here, asked))
            entries = fitting(found)
            reached = entries[-1].seq if entries else seq
            return Part(entries, reached == head.seq and not backlog.waits(connection, point))
    log.warning("set back: cursor of %r is ahead of us or of another history, at %d", point, cursor.seq)
    with write(here.engine, point) as connection:
        set_back.begin_again(connection, point, cursor)
    return _after(here, asked, None)


def _room(here: Installation, asked: Header) -> int:
    return min(asked.room or DEFAULT_ROOM, here.settings.reply_bytes)
