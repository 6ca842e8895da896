"""Invitations (邀请): one for each point code, the newest. Kept is what checks the secret, not the secret."""

from dataclasses import dataclass

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update

from domain.application import PointStamp
from hub.store.tables import invitation
from wire.keys import PublicKey


class Invited(Struct, frozen=True):
    """Who is invited, and where the point will find the hub."""

    stamp: PointStamp
    county: str
    licence: str
    url: str


@dataclass(frozen=True)
class Open:
    """An invitation that stands; *used_by* is the id of the key that came with it, or empty."""

    public: PublicKey
    invited: Invited
    expires_at: int
    used_by: str


def put(connection: Connection, key: PublicKey, invited: Invited, expires_at: int) -> None:
    """Invite a point; every earlier invitation of that code ends."""
    code = invited.stamp.code
    connection.execute(delete(invitation).where(invitation.c.point == code))
    connection.execute(
        insert(invitation).values(
            point=code,
            key_id=key.key_id,
            public_key=key.raw,
            body=msgspec.json.encode(invited),
            expires_at=expires_at,
            used_by="",
        )
    )


def find(connection: Connection, code: str, key_id: str) -> Open | None:
    """Return the invitation of *code* whose key this is, or None."""
    query = select(invitation).where(invitation.c.point == code, invitation.c.key_id == key_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    invited = msgspec.json.decode(row["body"], type=Invited)
    return Open(PublicKey(row["public_key"]), invited, row["expires_at"], row["used_by"])


def use(connection: Connection, code: str, by: str) -> None:
    """Remember which key came with the invitation of *code*."""
    connection.execute(update(invitation).where(invitation.c.point == code).values(used_by=by))


def end(connection: Connection, code: str) -> None:
    """End the invitation of *code*, if there is one."""
    connection.execute(delete(invitation).where(invitation.c.point == code))
