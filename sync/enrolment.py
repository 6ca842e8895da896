"""The document with which a hub takes a point in (接入文件): who we are, and by which key we know the hub."""

import msgspec
from msgspec.structs import replace
from sqlite_utils import Database

from domain.errors import Conflict, FieldError
from store import installation
from store.installation import Installation
from sync.transport import is_safe
from wire.pin import is_pin
from wire.seal import is_recipient
from wire.suites import suite


class Document(Installation, frozen=True):
    """What the hub says of us and of itself. *again*: it holds records of an earlier installation of this point."""

    again: bool = False


def read_document(data: bytes) -> Document:
    """Return what *data* says; raise FieldError when it is no such document or names an address not to be used."""
    try:
        document = msgspec.json.decode(data, type=Document)
        suite(document.hub_suite).public_key(document.hub_key)
        if not all(map(is_pin, document.hub_tls)):
            raise ValueError("hub_tls")
        safe = is_safe(document.hub_url)
        if document.hub_seal and not is_recipient(document.hub_seal):
            raise ValueError("hub_seal")
    except (msgspec.MsgspecError, ValueError) as error:
        raise FieldError("enrolment.unreadable") from error
    if not safe:
        raise FieldError("sync.insecure")
    return document


def take(db: Database, new: Document) -> None:
    """Become that point, inside the caller's transaction; again, name, licence and address are brought up to date.

    Raises Conflict when this installation is another point or knows another hub: its records are theirs.
    """
    old = installation.find(db)
    if old and (old.stamp.code, old.hub, old.hub_key) != (new.stamp.code, new.hub, new.hub_key):
        raise Conflict("enrolment.other", point=old.stamp.code)
    known = old.hub_seal if old else ""
    installation.enrol(db, replace(new, hub_seal=new.hub_seal or known), again=new.again)
