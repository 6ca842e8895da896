"""Applications as the desk lists them. Each revision re-opens the row; decisions close it again."""

import contextlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from domain.application import Application
from domain.errors import Invalid
from domain.received import read
from hub.store.engine import insert_all
from hub.store.recorded import Recorded
from hub.store.tables import application as table

TABLES = (table,)


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """Show revisions that are newer than what is shown; a decided application stays as it was decided."""
    shown = _shown(connection, recorded)
    new = [_key(one) | {"policy_number": ""} | _row(one) for one in recorded if one.entry.record_id not in shown]
    if new:
        insert_all(connection, table, new)
    for one in recorded:
        revision, state = shown.get(one.entry.record_id, (one.entry.revision, ""))
        if one.entry.revision > revision and state != "decided":
            connection.execute(update(table).filter_by(**_key(one)).values(**_row(one)))


def _shown(connection: Connection, recorded: Sequence[Recorded]) -> dict[str, tuple[int, str]]:
    query = select(table.c.record_id, table.c.revision, table.c.state).where(
        table.c.point == recorded[0].point, table.c.record_id.in_([one.entry.record_id for one in recorded])
    )
    return {row.record_id: (row.revision, row.state) for row in connection.execute(query)}


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"point": recorded.point, "record_id": recorded.entry.record_id}


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
        application = read(body, Application).record
    # What cannot be read is listed all the same: it is ours to answer, not to lose.
    return {
        "reference": application.reference or "" if application else "",
        "policyholder": application.policyholder.name if application else "",
        "buyers": len(application.buyers) if application else 0,
        "amount_fen": sum(buyer.trade.amount_fen for buyer in application.buyers) if application else 0,
        "applied_on": str(application.applied_on or "") if application else "",
    }
