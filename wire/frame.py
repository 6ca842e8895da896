"""The three lines of a message and what lies behind them, cut apart and put together; nothing is believed here."""

import base64
import binascii
from dataclasses import dataclass

from wire.errors import Malformed, TooLarge

MAGIC = b"TSHEG1\n"


@dataclass(frozen=True)
class Limits:
    """How much a receiver takes: bytes on the wire, in the header and in the expanded body; entries."""

    message: int = 1 << 20
    header: int = 16 << 10
    body: int = 8 << 20
    entries: int = 2000


LIMITS = Limits()


@dataclass(frozen=True)
class Parts:
    """A message cut apart: the header's JSON, the bytes of the signature over ``signed``, the body."""

    header: bytes
    signature: bytes
    body: bytes

    @property
    def signed(self) -> bytes:
        """What the signature covers."""
        return to_sign(self.header)


def to_sign(header: bytes) -> bytes:
    """Return what is signed of a message with this *header*: its first two lines."""
    return MAGIC + header


def join(parts: Parts) -> bytes:
    """Put a message together."""
    return b"\n".join((parts.signed, base64.b64encode(parts.signature), parts.body))


def split(data: bytes, limits: Limits = LIMITS) -> Parts:
    """Undo ``join``. Raises TooLarge, Malformed."""
    if len(data) > limits.message:
        raise TooLarge("message")
    if not data.startswith(MAGIC):
        raise Malformed("magic")
    header, _, rest = data[len(MAGIC) :].partition(b"\n")
    signature, newline, body = rest.partition(b"\n")
    if not newline or len(header) > limits.header:
        raise Malformed("header")
    return Parts(header, _signature(signature), body)


def signed_head(data: bytes) -> bytes:
    """Return the part of an opened message that its signature proves: everything before the body."""
    return b"\n".join(data.split(b"\n", 3)[:3])


def _signature(text: bytes) -> bytes:
    try:
        signature = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Malformed("signature") from error
    if base64.b64encode(signature) != text:
        raise Malformed("signature")
    return signature
