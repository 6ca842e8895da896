"""Record ids that sort by when they were made (UUID version 7, RFC 9562)."""

import secrets
import time
from uuid import UUID

RANDOM_BYTES = 10


def uuid7(now_ms: int, random: bytes) -> str:
    """Return the UUIDv7 of *now_ms*, milliseconds since 1970, and ten *random* bytes of which 74 bits are used."""
    if len(random) != RANDOM_BYTES or not 0 <= now_ms < 1 << 48:
        raise ValueError("uuid7 takes 48 bits of milliseconds and ten random bytes")
    bits = int.from_bytes(now_ms.to_bytes(6, "big") + random, "big")
    bits = bits & ~(0xF << 76) | 0x7 << 76
    bits = bits & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=bits))


def new_uuid7() -> str:
    """Return a fresh UUIDv7 by this machine's clock."""
    return uuid7(time.time_ns() // 1_000_000, secrets.token_bytes(RANDOM_BYTES))
