"""Moving the hub to another database (迁移): entry by entry, as often as it takes, and the proof that all arrived."""

import hashlib
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Table, delete, func, insert, inspect, select, tuple_, update

from hub.store import points, projections, tables
from hub.store.engine import write
from hub.store.tables import entry as journal
from wire.entry import NO_SALT

BY_CHUNKS = {"yield_per": 500}
KEPT = (tables.point, tables.point_key, tables.invitation, tables.limits, tables.product, tables.handout,
        tables.buyer, tables.buyer_list, tables.staff, tables.stream, tables.bundle, tables.file,
        tables.piece)  # fmt: skip
DERIVED = (*(table for kind in projections.KINDS.values() for table in kind.TABLES), tables.backlog)
MOVED = (*KEPT, journal, *DERIVED)


def copy(source: Connection, target: Engine) -> None:
    """Bring to *target*, whose migrations have run, what it does not hold of *source* yet.

    Entries go in short transactions, so an interrupted copy continues where it stopped; what was erased meanwhile is
    erased there too. Sessions and failed sign-ins stay behind.
    """
    with write(target) as connection:
        for table in KEPT:
            _bring(source, connection, table)
        for table in reversed(KEPT):
            _drop(source, connection, table)
    for point in points.codes(source):
        _append(source, target, point)
        _erase(source, target, point)
    with write(target) as connection:
        for table in DERIVED:
            connection.execute(delete(table))
            for rows in _chunks(source, table):
                connection.execute(insert(table), rows)


def differing(source: Connection, target: Connection) -> list[str]:
    """Compare both row by row; return the tables of which the two do not hold exactly the same."""
    return [table.name for table in MOVED if _digest(source, table) != _digest(target, table)]


def _bring(source: Connection, target: Connection, table: Table) -> None:
    names = inspect(target).get_pk_constraint(table.name)["constrained_columns"]
    key = [table.c[name] for name in names]
    for rows in _chunks(source, table):
        places = [tuple(row[name] for name in names) for row in rows]
        held = {tuple(found) for found in target.execute(select(*key).where(tuple_(*key).in_(places)))}
        for place, row in zip(places, rows, strict=True):
            known = (column == value for column, value in zip(key, place, strict=True))
            target.execute(update(table).where(*known).values(row) if place in held else insert(table).values(row))


def _drop(source: Connection, target: Connection, table: Table) -> None:
    """Take from *target* what is gone from *source* since an earlier copy."""
    key = inspect(target).get_pk_constraint(table.name)["constrained_columns"]
    columns = [table.c[name] for name in key]
    kept = {tuple(row) for row in source.execute(select(*columns))}
    for row in target.execute(select(*columns)).all():
        if tuple(row) not in kept:
            target.execute(delete(table).where(tuple_(*columns) == tuple(row)))


def _append(source: Connection, target: Engine, point: str) -> None:
    with write(target, point) as connection:
        last = connection.scalar(select(func.max(journal.c.position)).where(journal.c.point == point)) or 0
    query = select(journal).where(journal.c.point == point, journal.c.position > last).order_by(journal.c.position)
    for rows in source.execute(query, execution_options=BY_CHUNKS).mappings().partitions():
        with write(target, point) as connection:
            connection.execute(insert(journal), [dict(row) for row in rows])


def _erase(source: Connection, target: Engine, point: str) -> None:
    """Erase in *target* what was erased in *source* after it was copied."""
    erased = select(journal.c.position).where(journal.c.point == point, journal.c.body == b"")
    with write(target, point) as connection:
        there = (journal.c.point == point, journal.c.body != b"")
        for position in set(source.scalars(erased)) - set(connection.scalars(erased)):
            connection.execute(
                update(journal).where(*there, journal.c.position == position).values(body=b"", salt=NO_SALT)
            )


def _chunks(source: Connection, table: Table) -> Any:
    found = source.execute(select(table), execution_options=BY_CHUNKS).mappings()
    return ([dict(row) for row in rows] for rows in found.partitions())


def _digest(connection: Connection, table: Table) -> tuple[int, int]:
    # A sum, so that the order, which is another one in each database, does not matter.
    count = total = 0
    for row in connection.execute(select(table), execution_options=BY_CHUNKS):
        count += 1
        total += int.from_bytes(hashlib.sha256(msgspec.msgpack.encode(tuple(row))).digest(), "big")
    return count, total
