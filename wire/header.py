"""What a message says before its body. Hashes are raw bytes here and base64 in the JSON."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

VERSION = 1
FILLER = 8192
# What is taken: this version and the two before it, as far as there were any.
VERSIONS = range(max(1, VERSION - 2), VERSION + 1)
COLUMNS: Final = "columns/br"
PRIMED: Final = "columns/deflate-1"
GZIP: Final = "gzip"
IDENTITY: Final = "identity"
MOST_FILES = 64
Codec = Literal["columns/br", "columns/deflate-1", "gzip", "identity"]
CODECS: tuple[Codec, ...] = (COLUMNS, PRIMED, GZIP)
MOST_STREAMS = 40

Name = Annotated[str, Meta(max_length=80, pattern=r"^[^\x00-\x1f]*$")]
Nonce = Annotated[str, Meta(max_length=64, pattern=r"^[0-9A-Za-z_-]*$")]
Digest = Annotated[bytes, Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]
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
    QUOTA = "quota"
    OTHER = "other"

    @classmethod
    def _missing_(cls, value: object) -> "ProblemCode":
        # A newer hub may have reasons that this program does not know yet: still a refusal, and a signed one.
        return cls.OTHER


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


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Nothing of the body was taken, unless *epoch* is given or the code is CURSOR.

    *seq* and *hash* are what the hub holds. GAP and FROZEN: at the head of the stream sent, or of the sender's
    stream *epoch*, which it had stated in ``holds``. FORK: where the histories part. CURSOR: at the head of
    the hub's own stream, of which the sender claims more or something else; hubs of before say so. QUOTA: come
    again after *retry_after* seconds.
    """

    code: ProblemCode
    seq: Seq = 0
    hash: bytes = b""
    retry_after: Seq = 0
    epoch: Name = ""


class Speaks(Struct, frozen=True, kw_only=True):
    """Beside UNSUPPORTED: the versions and suites of messages that the sender takes."""

    versions: tuple[int, ...]
    suites: tuple[Name, ...]


class NextKey(Struct, frozen=True, kw_only=True):
    """The sender's public key from now on, and the proof that it holds the private one (``wire.succession``).

    In an answer: the hub knows that key.
    """

    key: Digest
    proof: Signature


class Holding(Cursor, frozen=True, kw_only=True):
    """The head of one of the sender's own streams, and up to where the hub has signed for it."""

    acked: Seq = 0


class Holds(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the sender holds of its own streams. With *tail* it asks for what the hub holds beyond that."""

    streams: Annotated[tuple[Holding, ...], Meta(max_length=MOST_STREAMS)] = ()
    tail: bool = False


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
    *filler* says nothing: a test of the line sends it to have something to measure.
    *seal_to* is for whom to seal what comes back on a stick; whoever is told it tells theirs.
    *speaks* comes with the problem UNSUPPORTED.
    *signer* and *document* are in answers to an invitation: the hub's public key, and the JSON of the enrolment.
    *files* asks what the hub holds of these files, and in the answer says it.
    *caught_up*: after these entries the receiver holds all that was written for it, and nothing waits to be judged.
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
    filler: Annotated[str, Meta(max_length=FILLER)] = ""
    speaks: Speaks | None = None
    next_key: NextKey | None = None
    holds: Holds | None = None
    signer: bytes = b""
    document: Annotated[bytes, Meta(max_length=4096)] = b""
    piece: Piece | None = None
    files: Annotated[tuple[Held, ...], Meta(max_length=MOST_FILES)] = ()
    caught_up: bool = False


def codecs_for(accept: Sequence[str]) -> tuple[Codec, ...]:
    """Return the codecs of ours that a receiver which named these can open; gzip, where it named none."""
    return tuple(codec for codec in CODECS if codec in accept) or (GZIP,)
