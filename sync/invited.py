"""Enrolling by an invitation (凭接入码登记): one message signed by its key, one answer of the right hub."""

from pathlib import Path

from sqlite_utils import Database

from domain.errors import FieldError, Refused
from store.connection import write
from sync import signed
from sync.enrolment import Document, read_document, take
from sync.lock import only_one
from sync.once import LOCK, point_key, sealing_key
from sync.transport import Http, Transport, is_safe
from wire.errors import Malformed, MessageError
from wire.header import Header, ProblemCode
from wire.invitation import Invitation
from wire.message import open_reply, pack, read_signer
from wire.succession import announce

REFUSED = {
    ProblemCode.UNKNOWN_KEY: "enrolment.code_unknown",
    ProblemCode.REVOKED: "enrolment.code_used",
    ProblemCode.FOREIGN: "enrolment.old_key",
}


def read(text: str) -> Invitation:
    """Return the invitation somebody pasted or typed; raise FieldError for one that is not right."""
    try:
        found = Invitation.read(text)
    except Malformed as error:
        raise FieldError("enrolment.code_unreadable") from error
    if not is_safe(found.url):
        raise FieldError("sync.insecure")
    return found


def enrol(db: Database, keys: Path, invitation: Invitation, line: Transport | None = None) -> None:
    """Become the invited point, with this installation's own key. After a lost answer it may be done again.

    Raises FieldError for an invitation that does not count, Refused when another than the hub
    answered, ExchangeFailed when nobody did, Conflict when this is another point already.
    """
    nonce = signed.new_nonce()
    with only_one(keys / LOCK):
        answer = (line or Http(invitation.url, invitation.pins)).send(_message(keys, invitation, nonce))
        document = _document(_opened(answer, invitation, nonce))
        with write(db):
            take(db, document)


def _message(keys: Path, invitation: Invitation, nonce: str) -> bytes:
    key, hub = invitation.key, invitation.hub
    return pack(
        key,
        sender=invitation.point,
        receiver=hub,
        nonce=nonce,
        next_key=announce(point_key(keys), key.public, invitation.point, hub),
        seal_to=sealing_key(keys).recipient,
    )


def _opened(answer: bytes, invitation: Invitation, nonce: str) -> Header:
    try:
        signer = read_signer(answer)
        if not invitation.is_from(signer):
            raise Refused("enrolment.not_the_hub")
        return open_reply(answer, signer, sender=invitation.hub, receiver=invitation.point, nonce=nonce).header
    except MessageError as error:
        raise Refused("enrolment.not_the_hub") from error


def _document(header: Header) -> Document:
    if header.problem:
        raise FieldError(REFUSED.get(header.problem.code, "enrolment.code_unreadable"))
    return read_document(header.document)
