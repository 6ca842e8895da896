"""What points printed of their applications; one that cannot be read stays in the journal only."""

import contextlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert, select

from domain.check import shape
from domain.errors import Invalid
from hub.store.recorded import Recorded
from hub.store.tables import print as table

TABLES = (table,)


class About(msgspec.Struct):
    """What a print is of: all that is asked for here, so that newer words in the rest hide none."""

    subject: str
    paper: str


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """List each print once; one of a day's list is of no application and does no harm here."""
    query = select(table.c.record_id).where(
        table.c.point == recorded[0].point,
        table.c.record_id.in_([one.entry.record_id for one in recorded]),
    )
    known = set(connection.scalars(query))
    rows = [row for one in recorded if one.entry.record_id not in known for row in _rows(one)]
    if rows:
        connection.execute(insert(table), rows)


def _rows(recorded: Recorded) -> list[dict[str, str]]:
    with contextlib.suppress(Invalid):
        read = shape.decode(recorded.entry.body, About)
        key = {"point": recorded.point, "record_id": recorded.entry.record_id}
        return [key | {"application": read.subject, "paper": read.paper}]
    return []
