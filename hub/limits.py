"""Telling points how long they may go on alone (同步限额): a record in what the hub sends them, like any other."""

from sqlalchemy import Connection

from domain.canonical import canonical
from domain.limits import Limits
from domain.uuid7 import new_uuid7
from hub.clock import now
from hub.installation import Installation
from hub.store import journal, points
from hub.store import limits as kept
from hub.store.engine import write
from wire.entry import Revision

SET_BY = "hub"


def tell(here: Installation, new: Limits, point: str = "") -> list[str]:
    """Send *new* to *point*, or to every point and to those enrolled later; return whom it was sent to.

    Raises NotFound for a point nobody enrolled.
    """
    with write(here.engine) as connection:
        told = [points.find(connection, point).stamp.code] if point else points.codes(connection)
        for code in told:
            _hand_out(connection, code, new)
        if not point:
            kept.put(connection, kept.YET_TO_COME, new)
    return told


def hand_out_current(connection: Connection, point: str) -> None:
    """Send a point enrolled just now what every point was told, if anything."""
    if current := kept.find(connection, kept.YET_TO_COME):
        _hand_out(connection, point, current)


def _hand_out(connection: Connection, point: str, new: Limits) -> None:
    kept.put(connection, point, new)
    revision = Revision(
        record_id=new_uuid7(),
        kind="limits",
        revision=1,
        form_version=new.form_version,
        made_at=now(),
        made_by=SET_BY,
        body=canonical(new),
    )
    journal.append(connection, point, [revision])
