"""Handing out code lists and calendars (下发): every version of each kept, the newest sent to whom it concerns."""

from sqlalchemy import Connection

from domain.calendar import Calendar
from domain.canonical import canonical
from domain.codelist import CodeList
from domain.errors import Conflict
from hub.clock import now
from hub.installation import Installation
from hub.store import handouts, journal, points
from hub.store.engine import write
from hub.store.handouts import Handout
from wire.entry import Revision

LOADED_BY = "hub"


def load_codes(here: Installation, new: CodeList) -> list[str]:
    """Send one version of a code list to every point; return whom it was sent to, nobody when it is known."""
    return _load(here, Handout("codes", new.id, "", new.version, canonical(new)))


def load_calendar(here: Installation, new: Calendar) -> list[str]:
    """Send one version of a year's calendar to the points of its prefecture; return as ``load_codes`` does."""
    return _load(here, Handout("calendar", str(new.year), new.area, new.version, canonical(new)))


def hand_out_current(connection: Connection, point: str, county: str) -> None:
    """Send a point enrolled just now the newest version of all that concerns it."""
    for one in handouts.newest(connection):
        if one.concerns(county):
            _hand_out(connection, point, one)


def _load(here: Installation, new: Handout) -> list[str]:
    with write(here.engine) as connection:
        if not _is_new(connection, new):
            return []
        handouts.add(connection, new)
        told = [one.stamp.code for one in points.every(connection) if new.concerns(one.county)]
        for code in told:
            _hand_out(connection, code, new)
        return told


def _is_new(connection: Connection, new: Handout) -> bool:
    versions = handouts.versions(connection, new)
    if new.version in versions:
        if versions[new.version] != new.body:
            raise Conflict("handout.other_content", name=new.title, version=str(new.version))
        return False
    if versions and max(versions) > new.version:
        raise Conflict("handout.older", name=new.title, version=str(max(versions)))
    return True


def _hand_out(connection: Connection, point: str, one: Handout) -> None:
    revision = Revision(
        record_id=handouts.record_id(connection, one),
        kind=one.kind,
        revision=one.version,
        form_version=1,
        made_at=now(),
        made_by=LOADED_BY,
        body=one.body,
    )
    journal.append(connection, point, [revision])
