"""How long each point may go on alone (同步限额), as it was told last."""

import msgspec
from sqlalchemy import Connection, delete, insert, select

from domain.canonical import canonical
from domain.limits import Limits
from hub.clock import now
from hub.store.tables import limits

YET_TO_COME = ""
_decoder = msgspec.json.Decoder(Limits)


def put(connection: Connection, point: str, new: Limits) -> None:
    """Remember what *point* was told."""
    connection.execute(delete(limits).where(limits.c.point == point))
    connection.execute(insert(limits).values(point=point, body=canonical(new), set_at=now()))


def find(connection: Connection, point: str) -> Limits | None:
    """Return what *point* was told last, or None."""
    body = connection.scalar(select(limits.c.body).where(limits.c.point == point))
    return _decoder.decode(body) if body else None


def every(connection: Connection) -> dict[str, Limits]:
    """Return point → limits; '' stands for the points yet to come."""
    rows = connection.execute(select(limits.c.point, limits.c.body).order_by(limits.c.point))
    return {row.point: _decoder.decode(row.body) for row in rows}
