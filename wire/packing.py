"""Packing (打包): what one side has to say becomes a signed message."""

from collections.abc import Sequence
from typing import TypedDict, Unpack

import msgspec

from wire.body import write_body
from wire.codec import MOST_EFFORT
from wire.entry import Entry
from wire.frame import Parts, join, to_sign
from wire.header import (
    CODECS,
    IDENTITY,
    VERSION,
    VERSIONS,
    Ack,
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
from wire.suites import SUITES, SigningKey, suite


class Said(TypedDict, total=False):
    """The fields of a ``Header`` that a sender may leave out; it says there what each of them means."""

    cursor: Cursor | None
    ack: Ack | None
    problem: Problem | None
    accept: tuple[Codec, ...]
    room: int
    seal_to: str
    filler: str
    next_key: NextKey | None
    holds: Holds | None
    signer: bytes
    document: bytes
    piece: Piece | None
    files: tuple[Held, ...]
    caught_up: bool


class Packed(Said, total=False):
    """What ``pack`` takes beside who signs, who is spoken to, and the nonce."""

    entries: Sequence[Entry]
    codecs: Sequence[Codec]
    written: tuple[Codec, bytes] | None
    data: bytes


def pack(
    key: SigningKey,
    *,
    sender: str,
    receiver: str,
    nonce: str,
    entries: Sequence[Entry] = (),
    codecs: Sequence[Codec] = CODECS,
    effort: int = MOST_EFFORT,
    written: tuple[Codec, bytes] | None = None,
    data: bytes = b"",
    **said: Unpack[Said],
) -> bytes:
    """Sign a message. *entries* are consecutive entries of one stream, or none for a poll; *data* is *piece*'s bytes.

    *codecs* are those that the receiver can open, *effort* is what goes into making it small, 11 at most;
    *written* is the body where somebody wrote it before.
    """
    codec, body = (IDENTITY, data) if said.get("piece") else written or write_body(entries, codecs, effort)
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
        speaks=_speaks(said.get("problem")),
        **said,
    )
    return _signed(key, header, body)


def _signed(key: SigningKey, header: Header, body: bytes) -> bytes:
    line = msgspec.json.encode(header, order="sorted")
    return join(Parts(line, key.sign(to_sign(line)), body))


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


def _speaks(problem: Problem | None) -> Speaks | None:
    if problem and problem.code is ProblemCode.UNSUPPORTED:
        return Speaks(versions=tuple(VERSIONS), suites=tuple(SUITES))
    return None
