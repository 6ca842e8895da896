"""The document with which a hub takes a point in (接入文件): who we are, and by which key we know the hub."""

import msgspec
from sqlite_utils import Database

from domain.application import PointStamp
from domain.errors import Conflict, FieldError
from store import installation
from store.installation import Installation
from sync.transport import is_safe
from wire.keys import PUBLIC_BYTES


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub's ``point enrol`` prints; ``hub_key`` is 64 hex digits. Fields of a newer hub are ignored."""

    stamp: PointStamp
    county: str
    licence: str
    hub: str
    hub_url: str
    hub_key: str


def read_document(data: bytes) -> Installation:
    """Return what *data* says; raise FieldError when it is no such document or names an address not to be used."""
    try:
        document = msgspec.json.decode(data, type=Document)
        hub_key = bytes.fromhex(document.hub_key)
        safe = is_safe(document.hub_url)
    except (msgspec.MsgspecError, ValueError) as error:
        raise FieldError("enrolment.unreadable") from error
    if len(hub_key) != PUBLIC_BYTES:
        raise FieldError("enrolment.unreadable")
    if not safe:
        raise FieldError("sync.insecure")
    return Installation(
        stamp=document.stamp,
        county=document.county,
        licence=document.licence,
        hub=document.hub,
        hub_url=document.hub_url,
        hub_key=hub_key,
    )


def take(db: Database, new: Installation) -> None:
    """Become that point, inside the caller's transaction; again, name, licence and address are brought up to date.

    Raises Conflict when this installation is another point or knows another hub: its records are theirs.
    """
    old = installation.find(db)
    if old and (old.stamp.code, old.hub, old.hub_key) != (new.stamp.code, new.hub, new.hub_key):
        raise Conflict("enrolment.other", point=old.stamp.code)
    installation.enrol(db, new)
