"""What this point signs for its hub, and what it believes of it (签名往来): the same by line and by stick."""

import secrets
from typing import Unpack

from sqlite_utils import Database

from store import inbox
from store.installation import Installation
from wire.keys import SigningKey
from wire.message import Message, Packed, open_reply, pack

NONCE_BYTES = 16


def new_nonce() -> str:
    """Return what the answer to one message must repeat."""
    return secrets.token_urlsafe(NONCE_BYTES)


def message(db: Database, here: Installation, key: SigningKey, nonce: str, **said: Unpack[Packed]) -> bytes:
    """Sign what is *said*, as ``pack`` takes it; every message also says how far the hub's own stream is here."""
    packed: Packed = {**said, "cursor": inbox.cursor(db, here.downstream)}
    return pack(key, sender=here.stamp.code, receiver=here.hub, nonce=nonce, **packed)


def reply(here: Installation, answer: bytes, nonce: str) -> Message:
    """Return *answer* where our hub gave it to us, to the message sent with *nonce*; raise MessageError."""
    return open_reply(answer, here.hub_public, sender=here.hub, receiver=here.stamp.code, nonce=nonce)
