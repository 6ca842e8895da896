"""Streams (流): the head of every producer's journal, by epoch, and whether it is frozen."""

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, func, insert, select, update

from hub.clock import now
from hub.store.tables import stream
from wire.entry import GENESIS, Entry

_NEWEST = select(stream).where(stream.c.point == bindparam("point"), stream.c.producer == bindparam("producer"))
_NEWEST = _NEWEST.order_by(stream.c.ordinal.desc()).limit(1)
_FIND = _NEWEST.where(stream.c.epoch == bindparam("epoch"))
_ADVANCE = update(stream).where(*(stream.c[name] == bindparam(f"of_{name}") for name in ("point", "producer", "epoch")))


@dataclass(frozen=True)
class Head:
    """The newest entry of one stream; seq 0 before the first. ``frozen_seq`` is where a fork was seen."""

    point: str
    producer: str
    epoch: str
    seq: int = 0
    hash: bytes = GENESIS
    frozen_seq: int | None = None


def down(point: str) -> str:
    """Name the producer of what the hub writes for *point*."""
    return f"hub/{point}"


def find(connection: Connection, point: str, producer: str, epoch: str) -> Head | None:
    """Return the head of one epoch, or None."""
    row = connection.execute(_FIND, {"point": point, "producer": producer, "epoch": epoch}).mappings().first()
    return _from(row) if row else None


def newest(connection: Connection, point: str, producer: str) -> Head | None:
    """Return the head of *producer*'s latest epoch, or None."""
    row = connection.execute(_NEWEST, {"point": point, "producer": producer}).mappings().first()
    return _from(row) if row else None


def every(connection: Connection) -> list[Head]:
    """Return the heads of all streams of all points, both directions."""
    rows = connection.execute(select(stream).order_by(stream.c.point, stream.c.producer, stream.c.ordinal)).mappings()
    return [_from(row) for row in rows]


def of_producer(connection: Connection, point: str, producer: str) -> list[Head]:
    """Return the heads of all epochs of *producer*, oldest first."""
    query = select(stream).where(stream.c.point == point, stream.c.producer == producer).order_by(stream.c.ordinal)
    return [_from(row) for row in connection.execute(query).mappings()]


def begin(connection: Connection, point: str, producer: str, epoch: str) -> Head:
    """Start the next epoch of *producer*."""
    epochs = select(func.max(stream.c.ordinal)).where(stream.c.point == point, stream.c.producer == producer)
    last = connection.scalar(epochs) or 0
    head = Head(point, producer, epoch)
    connection.execute(
        insert(stream).values(
            point=point,
            producer=producer,
            epoch=epoch,
            ordinal=last + 1,
            seq=head.seq,
            hash=head.hash,
            opened_at=now(),
        )
    )
    return head


def begin_down(connection: Connection, point: str) -> Head:
    """Start an epoch of what the hub writes for *point*."""
    return begin(connection, point, down(point), secrets.token_hex(8))


def advance(connection: Connection, point: str, entry: Entry) -> None:
    """Move the head to *entry*."""
    of = {"of_point": point, "of_producer": entry.producer, "of_epoch": entry.epoch}
    connection.execute(_ADVANCE, of | {"seq": entry.seq, "hash": entry.hash})


def freeze(connection: Connection, head: Head, seq: int) -> None:
    """Take nothing more into this epoch: another history was offered at *seq*."""
    connection.execute(
        update(stream).where(*_key(head.point, head.producer, head.epoch)).values(frozen_seq=seq, frozen_at=now())
    )


def _key(point: str, producer: str, epoch: str) -> tuple[ColumnElement[bool], ...]:
    return (stream.c.point == point, stream.c.producer == producer, stream.c.epoch == epoch)


def _from(row: RowMapping) -> Head:
    return Head(row["point"], row["producer"], row["epoch"], row["seq"], row["hash"], row["frozen_seq"])
