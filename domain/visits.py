"""How often somebody from outside may come (外来访问限制): counted in windows of five minutes, for an hour."""

import hmac
import ipaddress
import math
from collections.abc import Sequence

from msgspec import Struct

PERIOD = 300
PERIODS = 12
HOUR = PERIOD * PERIODS
SUBJECT_BYTES = 16


class Limit(Struct, frozen=True):
    """At most so many visits of *kind* by one *subject* within an hour."""

    kind: str
    subject: bytes
    most: int


def subject(key: bytes, kind: str, text: str) -> bytes:
    """Return what stands for *text* in the counts of *kind*: 16 bytes that without *key* (32 bytes) say nothing."""
    return hmac.digest(key, f"{kind}\n{text}".encode(), "sha256")[:SUBJECT_BYTES]


def subscriber(address: str) -> str:
    """Return whom an *address* belongs to: in IPv6 a household has 64 bits to itself; what is no address gives ''."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(known) if known.version == 4 else str(ipaddress.ip_network((known, 64), strict=False))


def minutes(seconds: int) -> str:
    """Return how many minutes to wait, as people are told: whole ones, and enough."""
    return str(math.ceil(seconds / 60))


def period(at: float) -> int:
    """Return the window of the moment *at*, in seconds since 1970."""
    return int(at) // PERIOD


def wait(seen: Sequence[tuple[int, int]], most: int, at: float) -> int:
    """Return 0, or the seconds until one more is let in; *seen* are (window, visits) of the last hour, in order."""
    left = sum(visits for _, visits in seen)
    if left < most:
        return 0
    for window, visits in seen:
        left -= visits
        if left < most:
            return math.ceil((window + PERIODS) * PERIOD - at)
    return HOUR
