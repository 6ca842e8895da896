"""What points were told to do, still open."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, insert

from domain.command import Command
from hub.store.recorded import Recorded
from hub.store.tables import command as table

TABLES = (table,)
_decoder = msgspec.json.Decoder(Command)


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """List each command as not carried out yet."""
    connection.execute(insert(table), [_row(one) for one in recorded])


def _row(one: Recorded) -> dict[str, str | None]:
    command = _decoder.decode(one.entry.body)
    return {
        "point": one.point,
        "record_id": one.entry.record_id,
        "verb": command.verb,
        "subject": command.subject,
        "ordered_at": one.entry.made_at,
        "ordered_by": one.entry.made_by,
        "result": None,
        "carried_out_at": None,
    }
