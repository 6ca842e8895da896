"""Handing out known buyers (已知买方下发): to the points of each district what is new there, and only that."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from domain.canonical import canonical
from domain.known_buyer import BuyerChange, ListedBuyer, digest_of
from domain.uuid7 import new_uuid7
from hub.clock import now
from hub.installation import Installation
from hub.store import buyers, journal, points
from hub.store.engine import write
from wire.entry import Revision

PART = 100
LOADED_BY = "hub"


@dataclass(frozen=True)
class Changed:
    """What one district's list went through: buyers put in or changed, buyers gone, and how many there are now."""

    district: str
    put: int
    gone: int
    count: int


def load(here: Installation, listed: Iterable[ListedBuyer]) -> list[Changed]:
    """Let *listed* be all buyers we know; send every point what is new in its district. Again, nothing is sent."""
    wanted: dict[str, dict[str, bytes]] = defaultdict(dict)
    for one in listed:
        for district in one.goes_to:
            wanted[district][one.credit_code] = canonical(one.known)
    with write(here.engine) as connection:
        everywhere = sorted({*wanted, *buyers.districts(connection)})
        changes = [_change(connection, district, wanted[district]) for district in everywhere]
    return [change for change in changes if change]


def hand_out_current(connection: Connection, point: str, county: str, *, fresh: bool = False) -> None:
    """Send a point the whole list of its district, if there is one; *fresh* takes the place of what it holds."""
    district = _district(county)
    if version := buyers.version(connection, district):
        whole = buyers.of(connection, district)
        journal.append(connection, point, _revisions(version, whole, whole, [], fresh=fresh))


def send_again(here: Installation, point: str) -> None:
    """Send a point its whole list afresh; raise NotFound."""
    with write(here.engine, point) as connection:
        county = points.find(connection, point).county
        hand_out_current(connection, point, county, fresh=True)


def _change(connection: Connection, district: str, wanted: dict[str, bytes]) -> Changed | None:
    held = buyers.of(connection, district)
    put = {code: body for code, body in sorted(wanted.items()) if held.get(code) != body}
    gone = [code for code in held if code not in wanted]
    if not put and not gone:
        return None
    version = buyers.change(connection, district, put, gone)
    revisions = _revisions(version, wanted, put, gone)
    for point in points.every(connection):
        if _district(point.county) == district:
            journal.append(connection, point.stamp.code, [_named(one) for one in revisions])
    return Changed(district, len(put), len(gone), len(wanted))


def _revisions(
    version: int, whole: Mapping[str, bytes], put: Mapping[str, bytes], gone: list[str], *, fresh: bool = False
) -> list[Revision]:
    bodies, digest = list(put.values()), digest_of(body for _, body in sorted(whole.items()))
    parts = max(1, -(-len(bodies) // PART), -(-len(gone) // PART))
    return [
        _revision(
            BuyerChange(
                version=version, part=part + 1, parts=parts, fresh=fresh,
                put=tuple(map(msgspec.Raw, bodies[part * PART :][:PART])), drop=tuple(gone[part * PART :][:PART]),
                count=len(whole), digest=digest,
            )
        )
        for part in range(parts)
    ]  # fmt: skip


def _revision(change: BuyerChange) -> Revision:
    return Revision(
        record_id=new_uuid7(),
        kind="buyers",
        revision=1,
        form_version=change.form_version,
        made_at=now(),
        made_by=LOADED_BY,
        body=canonical(msgspec.json.decode(msgspec.json.encode(change))),
    )


def _named(revision: Revision) -> Revision:
    # The same content for every point, but in each point's journal a record of its own.
    return msgspec.structs.replace(revision, record_id=new_uuid7())


def _district(county: str) -> str:
    return f"{county[:4]}00"
