"""Opening (拆封): nothing is believed before the signature, nothing is expanded before its size is known."""

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from wire.body import read_body
from wire.entry import Entry
from wire.errors import BadSignature, Foreign, Malformed, Unsupported
from wire.frame import LIMITS, Limits, Parts, split
from wire.header import IDENTITY, VERSIONS, Claim, Header, Piece
from wire.suites import PublicKey, suite

T = TypeVar("T", bound=Claim)


@dataclass(frozen=True)
class Message:
    """A message whose signature, sizes and hash chain have been proved; *piece* is of the file in ``header.piece``."""

    header: Header
    entries: tuple[Entry, ...]
    piece: bytes = b""


def read_claim(data: bytes, limits: Limits = LIMITS) -> Claim:
    """Read who the message says it is from, to know which key to try. Proves nothing."""
    return _claim(split(data, limits))


def read_signer(data: bytes, limits: Limits = LIMITS) -> PublicKey:
    """Read the key that the message says signed it; proves nothing. Raises Malformed where it names none."""
    try:
        header = _decoded(split(data, limits).header, Header)
        return suite(header.suite).public_key(header.signer)
    except ValueError as error:
        raise Malformed("signer") from error


def open_message(data: bytes, public_key: PublicKey, limits: Limits = LIMITS) -> Message:
    """Return the message if *public_key* signed it and everything in it agrees.

    Raises BadSignature, TooLarge, Unsupported or Malformed, all of them MessageError.
    """
    parts = split(data, limits)
    claim = _claim(parts)
    known = (claim.suite, claim.key_id) == (public_key.suite, public_key.key_id)
    if not known or not public_key.verify(parts.signature, parts.signed):
        raise BadSignature("signature")
    header = _decoded(parts.header, Header)
    if len(parts.body) != header.body_len or suite(header.suite).digest(parts.body) != header.body_sha256:
        raise Malformed("body")
    if header.piece:
        return Message(header, (), _piece(header, header.piece, parts.body))
    return Message(header, read_body(parts.body, header.codec, header.stream, limits.body, limits.entries))


def open_reply(
    data: bytes, public_key: PublicKey, *, sender: str, receiver: str, nonce: str, limits: Limits = LIMITS
) -> Message:
    """Open the answer of *sender* to the message sent with *nonce*. Raises Foreign for any other true message."""
    message = open_message(data, public_key, limits)
    header = message.header
    if (header.sender, header.receiver, header.nonce) != (sender, receiver, nonce):
        raise Foreign("sender, receiver or nonce")
    return message


def _claim(parts: Parts) -> Claim:
    claim = _decoded(parts.header, Claim)
    if claim.v not in VERSIONS:
        raise Unsupported("version")
    suite(claim.suite)
    return claim


def _decoded(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("header") from error


def _piece(header: Header, piece: Piece, body: bytes) -> bytes:
    if header.codec != IDENTITY or header.stream or not body or piece.offset + len(body) > piece.size:
        raise Malformed("piece")
    return body
