"""What a message says before its body. Hashes are raw bytes here and base64 in the JSON."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

VERSION = 1
COLUMNS: Final = "columns/br"
PRIMED: Final = "columns/deflate-1"
GZIP: Final = "gzip"
IDENTITY: Final = "identity"
MOST_FILES = 64
Codec = Literal["columns/br", "columns/deflate-1", "gzip", "identity"]
CODECS: tuple[Codec, ...] = (COLUMNS, PRIMED, GZIP)

Name = Annotated[str, Meta(max_length=80, pattern=r"^[^\x00-\x1f]*$")]
Nonce = Annotated[str, Meta(max_length=64, pattern=r"^[0-9A-Za-z_-]*$")]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Recipient = Annotated[str, Meta(max_length=120, pattern=r"^[0-9a-z]*$")]
Seq = Annotated[int, Meta(ge=0, le=2**53)]


class ProblemCode(StrEnum):
    """Why the hub did not take what was sent."""

    GAP = "gap"
    FORK = "fork"
    FROZEN = "frozen"
    CURSOR = "cursor"
    UNKNOWN_KEY = "unknown_key"
    REVOKED = "revoked"
    BAD_SIGNATURE = "bad_signature"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    MALFORMED = "malformed"
    FOREIGN = "foreign"


class Stream(Struct, frozen=True, kw_only=True):
    """Which run of one producer's journal the body holds: *from_seq* to *to_seq*, both included."""

    producer: Name
    epoch: Name
    from_seq: Annotated[int, Meta(ge=1, le=2**53)]
    to_seq: Seq
    prev_hash: Digest
    last_hash: Digest
    count: Annotated[int, Meta(ge=1)]


class Cursor(Struct, frozen=True, kw_only=True):
    """The last entry of the other side's stream that the sender holds; seq 0 is none of this epoch."""

    epoch: Name
    seq: Seq
    hash: Digest


class Ack(Struct, frozen=True, kw_only=True):
    """The hub holds *producer*'s entries up to *seq*, and the hash there is *hash*."""

    producer: Name
    epoch: Name
    seq: Seq
    hash: Digest
    hub_time: Name


class Problem(Struct, frozen=True, kw_only=True):
    """Nothing of the body was taken, unless the code is CURSOR. *seq* and *hash* are what the hub holds.

    GAP and FROZEN: at the head of the stream sent. FORK: where the histories part. CURSOR: at the
    head of its own stream, of which the sender claims more or something else.
    """

    code: ProblemCode
    seq: Seq = 0
    hash: bytes = b""


class FileProblem(StrEnum):
    """Why the hub takes no piece of a file."""

    UNANNOUNCED = "unannounced"
    OVER_QUOTA = "over_quota"


class Piece(Struct, frozen=True, kw_only=True):
    """The body is raw bytes of the file *digest*, from *offset* on; the whole file has *size* bytes."""

    digest: Digest
    size: Annotated[int, Meta(ge=1, le=2**53)]
    offset: Seq


class Held(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of the file *digest* the hub holds the first *held* bytes; as many as it has means whole, and proved by hash.

    In a request only the digest counts: it asks. *problem* is why no piece is taken, or empty.
    """

    digest: Digest
    held: Seq = 0
    problem: Name = ""


class Claim(Struct, frozen=True, kw_only=True):
    """What a message says of itself before anything is proved."""

    v: int
    suite: str
    sender: Name
    key_id: Name
    nonce: Nonce


class Header(Claim, frozen=True, kw_only=True, omit_defaults=True):
    """The signed part; it fixes the body by length and SHA-256. Unknown fields are ignored.

    *accept* names the codecs that the answer may use, and *room* the bytes that its entries may have
    before compression. Who says nothing takes gzip, and as much as the other side likes.
    *seal_to* is for whom to seal what comes back on a stick; whoever is told it tells theirs.
    *files* asks what the hub holds of these files, and in the answer says it.
    """

    receiver: Name
    codec: str
    body_len: Annotated[int, Meta(ge=0)]
    body_sha256: Digest
    stream: Stream | None = None
    cursor: Cursor | None = None
    ack: Ack | None = None
    problem: Problem | None = None
    accept: tuple[Name, ...] = ()
    room: Annotated[int, Meta(ge=0, le=2**53)] = 0
    seal_to: Recipient = ""
    piece: Piece | None = None
    files: Annotated[tuple[Held, ...], Meta(max_length=MOST_FILES)] = ()


def codecs_for(accept: Sequence[str]) -> tuple[Codec, ...]:
    """Return the codecs of ours that a receiver which named these can open; gzip, where it named none."""
    return tuple(codec for codec in CODECS if codec in accept) or (GZIP,)
