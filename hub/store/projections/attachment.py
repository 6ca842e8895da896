"""The files that points announced, each by the SHA-256 it must have; one that cannot be read announces nothing."""

import contextlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from domain.attachment import Attachment
from domain.check import shape
from domain.errors import Invalid
from hub.store.recorded import Recorded
from hub.store.tables import attachment

TABLES = (attachment,)


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """List what is announced; nothing about it is ever revised."""
    query = select(attachment.c.record_id).where(
        attachment.c.point == recorded[0].point,
        attachment.c.record_id.in_([one.entry.record_id for one in recorded]),
    )
    known = set(connection.scalars(query))
    rows = [row for one in recorded if one.entry.record_id not in known for row in _rows(one)]
    if rows:
        connection.execute(insert(attachment), rows)


def _rows(recorded: Recorded) -> list[dict[str, Any]]:
    with contextlib.suppress(Invalid):
        read = shape.decode(recorded.entry.body, Attachment)
        row = {name: getattr(read, name) for name in ("application", "document", "digest", "size", "media_type")}
        return [row | {
            "point": recorded.point,
            "record_id": recorded.entry.record_id,
            "taken_on": str(read.taken_on),
        }]  # fmt: skip
    return []
