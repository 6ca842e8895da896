"""Leads (转办线索): applicants referred elsewhere, kept so that nobody is silently refused."""

import contextlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from domain.errors import Invalid
from domain.lead import Lead
from domain.received import read
from hub.store.recorded import Recorded
from hub.store.tables import lead

TABLES = (lead,)


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """Show the newest revision of each lead; one that cannot be read stays in the journal only."""
    for one in recorded:
        with contextlib.suppress(Invalid):
            _replace(connection, one, read(one.entry.body, Lead).record)


def _replace(connection: Connection, recorded: Recorded, read: Lead) -> None:
    entry = recorded.entry
    key = (lead.c.point == recorded.point, lead.c.record_id == entry.record_id)
    if (connection.scalar(select(lead.c.revision).where(*key)) or 0) >= entry.revision:
        return
    connection.execute(delete(lead).where(*key))
    connection.execute(
        insert(lead).values(
            point=recorded.point,
            record_id=entry.record_id,
            revision=entry.revision,
            applied_on=str(read.applied_on),
            standing=read.standing,
            refer_to=read.refer_to,
            body=entry.body,
        )
    )
