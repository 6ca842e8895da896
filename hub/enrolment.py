"""Enrolling a point (服务点登记): its key comes here, the hub's key goes there, and both by hand."""

import msgspec

from domain.application import PointStamp
from hub import limits
from hub.catalogue import hand_out_current
from hub.installation import Installation
from hub.store import points, streams
from hub.store.engine import write
from hub.store.points import Point
from wire.keys import PublicKey


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """What the point must know: who it is, where its hub is, the 32 bytes by which it knows it, whom to seal for."""

    stamp: PointStamp
    county: str
    licence: str
    hub: str
    hub_url: str
    hub_key: bytes
    hub_seal: str


def enrol(here: Installation, point: Point, key: PublicKey, url: str = "") -> Enrolment:
    """Enrol *point*, send it the current products, and return its document; again, it brings up to date who it is.

    Raises Conflict where the code is known with another key.
    """
    code = point.stamp.code
    with write(here.engine) as connection:
        if points.enrol(connection, point, key):
            streams.begin_down(connection, code)
            hand_out_current(connection, code)
            limits.hand_out_current(connection, code)
        enrolled = points.find(connection, code)
    return Enrolment(
        stamp=enrolled.stamp,
        county=enrolled.county,
        licence=enrolled.licence,
        hub=here.name,
        hub_url=url or here.settings.url,
        hub_key=here.key.public.raw,
        hub_seal=here.sealing.recipient,
    )
