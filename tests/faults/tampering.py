"""Ways to change a message that is not one's own (篡改). What comes out is never one of the true messages."""

import base64
import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec

from wire.codec import compress, expand
from wire.header import COLUMNS, GZIP, IDENTITY
from wire.keys import SigningKey
from wire.message import LIMITS, MAGIC

STRANGER = SigningKey(bytes(range(32)))
URL_SAFE = bytes.maketrans(b"+/", b"-_")
VALUES: tuple[Any, ...] = (None, True, -1, 0, 2**53, 2**64, 1.5, "", "JL", "ཀ", [], {}, "A" * 44, "A" * 9000)


@dataclass
class Parts:
    """The three parts after the magic. Written as they are, whatever they are."""

    header: bytes
    signature: bytes
    body: bytes

    @classmethod
    def of(cls, message: bytes) -> "Parts":
        """Take *message* apart."""
        return cls(*message.removeprefix(MAGIC).split(b"\n", 2))

    def written(self) -> bytes:
        """Put it together again."""
        return b"\n".join((MAGIC + self.header, self.signature, self.body))


Change = Callable[[Random, Sequence[bytes]], bytes]


def tampered(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Return one of *messages* changed in a way drawn by *chance*, or two of them mixed."""
    while True:
        changed = chance.choice(CHANGES)(chance, messages)
        if changed not in messages:
            return changed


def turn_a_bit(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Turn one bit, anywhere."""
    changed = bytearray(chance.choice(messages))
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def turn_a_bit_of_the_head(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Turn one bit of magic, header or signature."""
    changed = bytearray(chance.choice(messages))
    parts = Parts.of(bytes(changed))
    changed[chance.randrange(len(MAGIC) + len(parts.header) + len(parts.signature))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_off(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Let it end too early."""
    message = chance.choice(messages)
    return message[: chance.randrange(len(message))]


def go_on(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Let it go on with something, or with another message."""
    return chance.choice(messages) + chance.choice((b"\n", b"\0", b" ", chance.randbytes(20), chance.choice(messages)))


def move_a_piece(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Leave a piece out, repeat it, or put one of another message there."""
    message, other = chance.choice(messages), chance.choice(messages)
    start, end = sorted(chance.choices(range(len(message)), k=2))
    piece = chance.choice((b"", message[start:end] * 2, other[start:end]))
    return message[:start] + piece + message[end:]


def splice(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Take header, signature and body from two messages."""
    one, two = (Parts.of(message) for message in chance.sample(list(messages), 2))
    mixed = (chance.choice((one, two)) for _ in range(3))
    return Parts(next(mixed).header, next(mixed).signature, next(mixed).body).written()


def write_the_signature_otherwise(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Write the same signature in other letters."""
    parts = Parts.of(chance.choice(messages))
    text = parts.signature
    ways = (text.rstrip(b"="), text + b"=", text.translate(URL_SAFE), b" " + text, text + b"\r", text[:40] + b"\n")
    parts.signature = chance.choice((*ways, base64.b64decode(text).hex().encode(), _stray_bits(text)))
    return parts.written()


def write_the_header_otherwise(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Write the same header in other letters: spaces, order, escapes, a field repeated or one more."""
    parts = Parts.of(chance.choice(messages))
    said = msgspec.json.decode(parts.header)
    pairs = list(said.items())
    chance.shuffle(pairs)
    name, value = chance.choice(pairs)
    once_more = b"," + msgspec.json.encode(name) + b":" + msgspec.json.encode(value) + b"}"
    ways = (parts.header.replace(b":", b": "), parts.header + b" ", msgspec.json.encode(dict(pairs)))
    more = (parts.header[:-1] + once_more, parts.header[:-1] + b',"later":1}', parts.header.replace(b"/", b"\\/"))
    parts.header = chance.choice(ways + more)
    return parts.written()


def say_something_else(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Change a field of the header and leave the signature."""
    parts = Parts.of(chance.choice(messages))
    parts.header = _said_otherwise(chance, parts.header)
    return parts.written()


def sign_it_oneself(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Change the header or not, and sign with another key, under its own name or under the right one."""
    parts = Parts.of(chance.choice(messages))
    if chance.random() < 0.5:
        parts.header = _said_otherwise(chance, parts.header)
    if chance.random() < 0.5:
        own = {"key_id": STRANGER.public.key_id}
        parts.header = msgspec.json.encode(msgspec.json.decode(parts.header) | own, order="sorted")
    parts.signature = base64.b64encode(STRANGER.sign(MAGIC + parts.header))
    return parts.written()


def compress_it_otherwise(chance: Random, messages: Sequence[bytes]) -> bytes:
    """Let the body be the same, in other bytes."""
    parts = Parts.of(chance.choice(messages))
    codec = msgspec.json.decode(parts.header)["codec"]
    plain = expand(parts.body, codec, LIMITS.body)
    other = (
        gzip.compress(plain, 1, mtime=1) if codec == GZIP else compress(plain, IDENTITY if codec == COLUMNS else GZIP)
    )
    parts.body = other
    return parts.written()


def _said_otherwise(chance: Random, header: bytes) -> bytes:
    said = msgspec.json.decode(header)
    place = said[chance.choice(["stream", "cursor"])] if {"stream", "cursor"} <= said.keys() else said
    name = chance.choice(sorted(place))
    place[name] = chance.choice(VALUES)
    return msgspec.json.encode(said, order="sorted")


def _stray_bits(text: bytes) -> bytes:
    # 64 bytes end in one letter of which 4 bits mean nothing.
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters.index(text[-3])
    return text[:-3] + letters[last ^ 1 : (last ^ 1) + 1] + text[-2:]


CHANGES: tuple[Change, ...] = (
    turn_a_bit, turn_a_bit_of_the_head, cut_off, go_on, move_a_piece, splice, write_the_signature_otherwise,
    write_the_header_otherwise, say_something_else, sign_it_oneself, compress_it_otherwise,
)  # fmt: skip
