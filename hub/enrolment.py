"""Enrolling a point (服务点登记): its key comes here, the hub's key goes there, and both by hand."""

import msgspec

from domain.application import PointStamp
from hub import buyers, handing_out, limits
from hub.catalogue import hand_out_current
from hub.installation import Installation
from hub.store import points, streams
from hub.store.engine import write
from hub.store.points import Point
from wire.suites import PublicKey


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """What the point must know: who it is, where its hub is, the key and suite it knows it by, whom to seal for."""

    stamp: PointStamp
    county: str
    licence: str
    hub: str
    hub_url: str
    hub_key: bytes
    hub_seal: str
    hub_suite: str


def enrol(here: Installation, point: Point, key: PublicKey, url: str = "") -> Enrolment:
    """Enrol *point*, send it all that points hold, and return its document; again, it returns the same.

    Raises Conflict where the code is known with another key.
    """
    code = point.stamp.code
    with write(here.engine) as connection:
        if points.enrol(connection, point, key):
            streams.begin_down(connection, code)
            hand_out_current(connection, code)
            limits.hand_out_current(connection, code)
            handing_out.hand_out_current(connection, code, point.county)
            buyers.hand_out_current(connection, code, point.county)
        enrolled = points.find(connection, code)
    return Enrolment(
        stamp=enrolled.stamp,
        county=enrolled.county,
        licence=enrolled.licence,
        hub=here.name,
        hub_url=url or here.settings.url,
        hub_key=here.key.public.raw,
        hub_seal=here.sealing.recipient,
        hub_suite=here.key.public.suite,
    )
