"""The one message of both directions, the same bytes over HTTPS and in a file on a stick.

    TSHEG1 ⏎ header (JSON) ⏎ signature (base64) ⏎ body

The signature covers the first two lines; the header fixes the body by its SHA-256.
Nothing is believed before the signature, nothing is expanded before its size is known.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from wire.body import read_body, write_body
from wire.codec import MOST_EFFORT
from wire.entry import Entry
from wire.errors import BadSignature, Foreign, Malformed, TooLarge, Unsupported
from wire.header import (
    CODECS,
    IDENTITY,
    VERSION,
    VERSIONS,
    Ack,
    Claim,
    Codec,
    Cursor,
    Header,
    Held,
    Holds,
    NextKey,
    Piece,
    Problem,
    ProblemCode,
    Speaks,
    Stream,
)
from wire.suites import SUITES, PublicKey, SigningKey, suite

MAGIC = b"TSHEG1\n"
T = TypeVar("T", bound=Claim)


@dataclass(frozen=True)
class Limits:
    """How much a receiver takes: bytes on the wire, in the header and in the expanded body; entries."""

    message: int = 1 << 20
    header: int = 16 << 10
    body: int = 8 << 20
    entries: int = 2000


LIMITS = Limits()


@dataclass(frozen=True)
class Message:
    """A message whose signature, sizes and hash chain have been proved; *piece* is of the file in ``header.piece``."""

    header: Header
    entries: tuple[Entry, ...]
    piece: bytes = b""


@dataclass(frozen=True)
class _Parts:
    header: bytes
    signature: bytes
    body: bytes


def pack(
    key: SigningKey,
    *,
    sender: str,
    receiver: str,
    nonce: str,
    entries: Sequence[Entry] = (),
    cursor: Cursor | None = None,
    ack: Ack | None = None,
    problem: Problem | None = None,
    accept: Sequence[Codec] = (),
    room: int = 0,
    codecs: Sequence[Codec] = CODECS,
    effort: int = MOST_EFFORT,
    seal_to: str = "",
    filler: str = "",
    next_key: NextKey | None = None,
    holds: Holds | None = None,
    signer: bytes = b"",
    document: bytes = b"",
    written: tuple[Codec, bytes] | None = None,
    piece: Piece | None = None,
    data: bytes = b"",
    files: Sequence[Held] = (),
) -> bytes:
    """Sign a message. *entries* are consecutive entries of one stream, or none for a poll; *data* is *piece*'s bytes.

    *codecs* are those that the receiver can open, *effort* is what goes into making it small, 11 at most;
    *written* is the body where somebody wrote it before.
    """
    codec, body = (IDENTITY, data) if piece else written or write_body(entries, codecs, effort)
    header = Header(
        v=VERSION,
        suite=key.public.suite,
        sender=sender,
        receiver=receiver,
        key_id=key.public.key_id,
        nonce=nonce,
        codec=codec,
        body_len=len(body),
        body_sha256=suite(key.public.suite).digest(body),
        stream=_stream(entries) if entries else None,
        cursor=cursor,
        ack=ack,
        problem=problem,
        accept=tuple(accept),
        room=room,
        seal_to=seal_to,
        filler=filler,
        speaks=_speaks() if problem and problem.code is ProblemCode.UNSUPPORTED else None,
        next_key=next_key,
        holds=holds,
        signer=signer,
        document=document,
        piece=piece,
        files=tuple(files),
    )
    signed = MAGIC + msgspec.json.encode(header, order="sorted")
    return b"\n".join((signed, base64.b64encode(key.sign(signed)), body))


def _stream(entries: Sequence[Entry]) -> Stream:
    first, last = entries[0], entries[-1]
    return Stream(
        producer=first.producer,
        epoch=first.epoch,
        from_seq=first.seq,
        to_seq=last.seq,
        prev_hash=first.prev_hash,
        last_hash=last.hash,
        count=len(entries),
    )


def read_claim(data: bytes, limits: Limits = LIMITS) -> Claim:
    """Read who the message says it is from, to know which key to try. Proves nothing."""
    return _claim(_split(data, limits))


def read_signer(data: bytes, limits: Limits = LIMITS) -> PublicKey:
    """Read the key that the message says signed it; proves nothing. Raises Malformed where it names none."""
    try:
        header = _decoded(_split(data, limits).header, Header)
        return suite(header.suite).public_key(header.signer)
    except ValueError as error:
        raise Malformed("signer") from error


def open_message(data: bytes, public_key: PublicKey, limits: Limits = LIMITS) -> Message:
    """Return the message if *public_key* signed it and everything in it agrees.

    Raises BadSignature, TooLarge, Unsupported or Malformed, all of them MessageError.
    """
    parts = _split(data, limits)
    claim = _claim(parts)
    known = (claim.suite, claim.key_id) == (public_key.suite, public_key.key_id)
    if not known or not public_key.verify(parts.signature, MAGIC + parts.header):
        raise BadSignature("signature")
    header = _decoded(parts.header, Header)
    if len(parts.body) != header.body_len or suite(header.suite).digest(parts.body) != header.body_sha256:
        raise Malformed("body")
    if header.piece:
        return Message(header, (), _piece(header, header.piece, parts.body))
    return Message(header, read_body(parts.body, header.codec, header.stream, limits.body, limits.entries))


def _piece(header: Header, piece: Piece, body: bytes) -> bytes:
    if header.codec != IDENTITY or header.stream or not body or piece.offset + len(body) > piece.size:
        raise Malformed("piece")
    return body


def signed_head(data: bytes) -> bytes:
    """Return the part of an opened message that its signature proves: everything before the body."""
    return b"\n".join(data.split(b"\n", 3)[:3])


def open_reply(
    data: bytes, public_key: PublicKey, *, sender: str, receiver: str, nonce: str, limits: Limits = LIMITS
) -> Message:
    """Open the answer of *sender* to the message sent with *nonce*. Raises Foreign for any other true message."""
    message = open_message(data, public_key, limits)
    header = message.header
    if (header.sender, header.receiver, header.nonce) != (sender, receiver, nonce):
        raise Foreign("sender, receiver or nonce")
    return message


def _split(data: bytes, limits: Limits) -> _Parts:
    if len(data) > limits.message:
        raise TooLarge("message")
    if not data.startswith(MAGIC):
        raise Malformed("magic")
    header, _, rest = data[len(MAGIC) :].partition(b"\n")
    signature, newline, body = rest.partition(b"\n")
    if not newline or len(header) > limits.header:
        raise Malformed("header")
    return _Parts(header, _signature(signature), body)


def _signature(text: bytes) -> bytes:
    try:
        signature = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Malformed("signature") from error
    if base64.b64encode(signature) != text:
        raise Malformed("signature")
    return signature


def _claim(parts: _Parts) -> Claim:
    claim = _decoded(parts.header, Claim)
    if claim.v not in VERSIONS:
        raise Unsupported("version")
    suite(claim.suite)
    return claim


def _speaks() -> Speaks:
    return Speaks(versions=tuple(VERSIONS), suites=tuple(SUITES))


def _decoded(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("header") from error
