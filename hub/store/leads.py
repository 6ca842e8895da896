"""Leads (转办线索) as the insurer reads them."""

import msgspec
from sqlalchemy import Connection, select

from domain.lead import Lead
from hub.store.tables import lead

MOST = 200
_decoder = msgspec.json.Decoder(Lead)


def newest(connection: Connection, limit: int = MOST) -> list[Lead]:
    """Return the newest leads of all points."""
    rows = connection.scalars(
        select(lead.c.body).order_by(lead.c.applied_on.desc(), lead.c.record_id.desc()).limit(limit)
    )
    return [_decoder.decode(body) for body in rows]
