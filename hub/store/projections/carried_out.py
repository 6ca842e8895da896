"""The points' answers to our commands. What cannot be read closes nothing."""

import contextlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, update

from domain.command import CarriedOut
from hub.store.recorded import Recorded
from hub.store.tables import command

TABLES = ()
_decoder = msgspec.json.Decoder(CarriedOut)


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """Close the commands that were answered; a restored point may answer again."""
    for one in recorded:
        if answer := read(one.entry.body):
            connection.execute(
                update(command)
                .where(command.c.point == one.point, command.c.record_id == answer.command)
                .values(result=answer.result, carried_out_at=one.entry.made_at)
            )


def read(body: bytes) -> CarriedOut | None:
    """Return the answer in *body*, or None for what is none."""
    with contextlib.suppress(msgspec.MsgspecError):
        return _decoder.decode(body)
    return None
