"""Applications as the desk lists them. Each revision re-opens the row; decisions close it again."""

import contextlib
from typing import Any

from sqlalchemy import Connection, insert, select, update

from domain.application import Application
from domain.check import shape
from domain.errors import Invalid
from hub.store.recorded import Recorded
from hub.store.tables import application as table

TABLES = (table,)


def project(connection: Connection, recorded: Recorded) -> None:
    """Show a revision that is newer than what is shown; a decided application stays as it was decided."""
    entry = recorded.entry
    key = (table.c.point == recorded.point, table.c.record_id == entry.record_id)
    shown = connection.execute(select(table.c.revision, table.c.state).where(*key)).one_or_none()
    if shown is None:
        connection.execute(
            insert(table).values(point=recorded.point, record_id=entry.record_id, policy_number="", **_row(recorded))
        )
    elif entry.revision > shown.revision and shown.state != "decided":
        connection.execute(update(table).where(*key).values(**_row(recorded)))


def _row(recorded: Recorded) -> dict[str, Any]:
    entry = recorded.entry
    return {
        "revision": entry.revision,
        "producer": entry.producer,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "received_at": recorded.recorded_at,
        "state": "waiting",
        "outcome": None,
    } | _content(entry.body)


def _content(body: bytes) -> dict[str, Any]:
    application: Application | None = None
    with contextlib.suppress(Invalid):
        application = shape.read(body)
    # What cannot be read is listed all the same: it is ours to answer, not to lose.
    return {
        "reference": application.reference or "" if application else "",
        "policyholder": application.policyholder.name if application else "",
        "buyers": len(application.buyers) if application else 0,
        "amount_fen": sum(buyer.trade.amount_fen for buyer in application.buyers) if application else 0,
        "applied_on": str(application.applied_on or "") if application else "",
    }
