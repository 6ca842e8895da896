"""Enrolling a point (服务点登记): its key comes here, the hub's key goes there, and both by hand."""

import msgspec
from sqlalchemy import Connection

from domain.application import PointStamp
from hub import buyers, handing_out, limits
from hub.catalogue import hand_out_current
from hub.installation import Installation
from hub.store import invitations, points, streams
from hub.store.engine import write
from hub.store.points import Point
from wire.suites import PublicKey


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """What the point must know: who it is, where its hub is, the key and suite it knows it by, whom to seal for.

    *hub_tls* are the pins of the hub's TLS keys, if it has any. *again*: the hub holds records of an
    earlier installation of this point.
    """

    stamp: PointStamp
    county: str
    licence: str
    hub: str
    hub_url: str
    hub_key: bytes
    hub_seal: str
    hub_suite: str
    hub_tls: tuple[str, ...]
    again: bool


def enrol(here: Installation, point: Point, key: PublicKey, url: str = "") -> Enrolment:
    """Enrol *point*, send it all that points hold, and return its document; again, it brings up to date who it is.

    Raises Conflict where the code is known with another key.
    """
    code = point.stamp.code
    with write(here.engine) as connection:
        if points.enrol(connection, point, key):
            open_door(connection, point)
            invitations.end(connection, code)
        return document_for(here, connection, points.find(connection, code), url)


def open_door(connection: Connection, point: Point) -> None:
    """Begin what the hub writes for a point enrolled just now: current products, limits, lists and buyers."""
    code = point.stamp.code
    streams.begin_down(connection, code)
    hand_out_current(connection, code)
    limits.hand_out_current(connection, code)
    handing_out.hand_out_current(connection, code, point.county)
    buyers.hand_out_current(connection, code, point.county)


def document_for(here: Installation, connection: Connection, enrolled: Point, url: str = "") -> Enrolment:
    """Return the document of an enrolled point."""
    code = enrolled.stamp.code
    return Enrolment(
        stamp=enrolled.stamp,
        county=enrolled.county,
        licence=enrolled.licence,
        hub=here.name,
        hub_url=url or here.settings.url,
        hub_key=here.key.public.raw,
        hub_seal=here.sealing.recipient,
        hub_suite=here.key.public.suite,
        hub_tls=here.settings.tls,
        again=streams.newest(connection, code, code) is not None,
    )
