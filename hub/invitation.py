"""Inviting a point (邀请): a one-time secret on paper lets one new installation in, with a key of its own making."""

import time

import msgspec
from sqlalchemy import Connection

from domain.errors import Conflict, NotFound
from hub.enrolment import document_for, open_door
from hub.installation import Installation
from hub.refusal import Refusal
from hub.store import invitations, points
from hub.store.engine import read, write
from hub.store.invitations import Invited, Open
from hub.store.points import Point
from wire.header import Claim, Header, ProblemCode
from wire.invitation import Invitation, fingerprint, new_secret
from wire.keys import PublicKey
from wire.message import Limits, open_message
from wire.succession import is_proved

DAY = 24 * 3600


def invite(here: Installation, point: Point, url: str, days: int) -> Invitation:
    """Invite a point; every earlier invitation of its code ends. Raises Conflict where it was enrolled before."""
    with write(here.engine) as connection:
        if point.stamp.code in points.codes(connection):
            raise Conflict("point.known", point=point.stamp.code)
        return _invite(here, connection, Invited(point.stamp, point.county, point.licence, url), days)


def replace(here: Installation, code: str, url: str, days: int) -> Invitation:
    """Believe the point's lost machine no more and invite a new one in its place; raise NotFound."""
    with write(here.engine) as connection:
        found = points.find(connection, code)
        points.revoke_keys(connection, code)
        return _invite(here, connection, Invited(found.stamp, found.county, found.licence, url), days)


def welcome(here: Installation, claim: Claim, data: bytes, limits: Limits) -> tuple[Header, bytes]:
    """Let in who proves to hold an invitation; return what was asked and the document as JSON.

    Once: the same key is answered the same again. Raises Refusal, or MessageError.
    """
    with read(here.engine) as connection:
        found = invitations.find(connection, claim.sender, claim.key_id)
    if found is None or found.expires_at < time.time():
        raise Refusal(ProblemCode.UNKNOWN_KEY)
    asked = open_message(data, found.public, limits).header
    if asked.receiver != here.name or asked.stream:
        raise Refusal(ProblemCode.FOREIGN)
    if not asked.next_key or not is_proved(asked.next_key, asked.key_id, asked.sender, asked.receiver):
        raise Refusal(ProblemCode.BAD_SIGNATURE)
    with write(here.engine) as connection:
        return asked, _enter(here, connection, claim, PublicKey(asked.next_key.key))


def _invite(here: Installation, connection: Connection, invited: Invited, days: int) -> Invitation:
    mark = fingerprint(here.key.public)
    new = Invitation(invited.stamp.code, new_secret(), mark, invited.url, here.settings.tls)
    invitations.put(connection, new.key.public, invited, int(time.time()) + days * DAY)
    return new


def _enter(here: Installation, connection: Connection, claim: Claim, key: PublicKey) -> bytes:
    found = invitations.find(connection, claim.sender, claim.key_id)
    if found is None or found.used_by not in ("", key.key_id):
        raise Refusal(ProblemCode.REVOKED)
    if not found.used_by:
        _let_in(connection, found, key)
        invitations.use(connection, claim.sender, key.key_id)
    enrolled = points.find(connection, claim.sender)
    return msgspec.json.encode(document_for(here, connection, enrolled, found.invited.url))


def _let_in(connection: Connection, found: Open, key: PublicKey) -> None:
    invited = found.invited
    point = Point(invited.stamp, invited.county, invited.licence)
    try:
        points.find(connection, invited.stamp.code)
    except NotFound:
        points.enrol(connection, point, key)
        open_door(connection, point)
        return
    try:
        points.renew_key(connection, invited.stamp.code, key)
    except Conflict as error:
        raise Refusal(ProblemCode.FOREIGN) from error  # the key of the machine that was lost
