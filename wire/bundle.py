"""A bundle (数据包): the very messages of ``POST /exchange``, one after the other, sealed for one reader.

    TSHEGBUNDLE1 ⏎ then for each message its length in 4 bytes, big-endian, and the message

The seal proves that no byte is missing or changed, the messages inside prove who wrote them.
"""

from collections.abc import Iterator, Sequence

from wire.errors import Malformed, TooLarge
from wire.message import LIMITS
from wire.seal import SealingKey, seal

MAGIC = b"TSHEGBUNDLE1\n"
LENGTH_BYTES = 4
MOST_MESSAGES = 128
MOST_BYTES = 64 << 20


def seal_bundle(messages: Sequence[bytes], recipient: str) -> bytes:
    """Seal *messages*, at least one, for *recipient*."""
    framed = (len(message).to_bytes(LENGTH_BYTES, "big") + message for message in messages)
    return seal(MAGIC + b"".join(framed), recipient)


def open_bundle(data: bytes, key: SealingKey, message_bytes: int = LIMITS.message) -> list[bytes]:
    """Return the messages of a bundle; none of them is proved yet.

    Raises Foreign when it is sealed for another, TooLarge, and Malformed where any byte is missing or changed.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge("bundle")
    opened = key.unseal(data)
    if not opened.startswith(MAGIC):
        raise Malformed("bundle")
    messages = list(_messages(memoryview(opened)[len(MAGIC) :], message_bytes))
    if not messages:
        raise Malformed("empty bundle")
    return messages


def _messages(rest: memoryview, message_bytes: int) -> Iterator[bytes]:
    for _ in range(MOST_MESSAGES):
        if not rest:
            return
        length = int.from_bytes(rest[:LENGTH_BYTES], "big")
        message, rest = rest[LENGTH_BYTES : LENGTH_BYTES + length], rest[LENGTH_BYTES + length :]
        if length > message_bytes:
            raise TooLarge("message")
        if not length or len(message) != length:
            raise Malformed("length of a message")
        yield bytes(message)
    if rest:
        raise TooLarge("messages")
