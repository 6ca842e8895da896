"""The hub was set back to an older state (退回) and a point holds more of what we wrote than we do."""

from sqlalchemy import Connection

from hub.store import journal, streams
from hub.store.streams import Head
from wire.header import Cursor


def is_behind(connection: Connection, head: Head, cursor: Cursor) -> bool:
    """Say whether *cursor* tells of more than *head*, our newest epoch, or of an epoch we do not know.

    An older epoch that we know is one we gave up for this reason.
    """
    if cursor.epoch == head.epoch:
        return not journal.holds(connection, head, cursor.seq, cursor.hash)
    return streams.find(connection, head.point, head.producer, cursor.epoch) is None


def begin_again(connection: Connection, point: str, cursor: Cursor) -> None:
    """Begin a new epoch of what we write for *point* and repeat in it all we hold: where we parted, nobody knows.

    Doing it again for the same cursor changes nothing.
    """
    producer = streams.down(point)
    newest = streams.newest(connection, point, producer)
    if newest is None or not is_behind(connection, newest, cursor):
        return
    if cursor.epoch != newest.epoch:
        streams.begin(connection, point, producer, cursor.epoch)  # lost, but known from now on
    journal.repeat(connection, newest, streams.begin_down(connection, point))
