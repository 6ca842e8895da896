"""Proof of work (工作量证明): what a stranger's browser works out before it is let in while many come at once.

The task is a nonce that only its maker can make, for one record and a few minutes; nothing is kept of it. It is
solved by a counter for which SHA-256 of ``<nonce>.<counter>`` begins with so many zero bits.
"""

import hashlib
import hmac
import re

MINUTE = 60
VALID_MINUTES = 10
ANSWER = re.compile(r"([0-9]{1,12})-([0-9a-f]{32})\.([0-9]{1,15})", re.ASCII)


def nonce(key: bytes, record_id: str, at: float) -> str:
    """Return the task of *record_id* at moment *at* (seconds since 1970)."""
    return _nonce(key, record_id, int(at) // MINUTE)


def is_done(key: bytes, record_id: str, answer: str, bits: int, at: float) -> bool:
    """Say whether *answer* (``<nonce>.<counter>``) solves a task of *record_id* that is not too old at moment *at*."""
    found = ANSWER.fullmatch(answer)
    if not found or not 0 <= int(at) // MINUTE - int(found[1]) < VALID_MINUTES:
        return False
    genuine = hmac.compare_digest(_nonce(key, record_id, int(found[1])), f"{found[1]}-{found[2]}")
    return genuine and zero_bits(answer) >= bits


def zero_bits(answer: str) -> int:
    """Count the zero bits that the hash of *answer* begins with."""
    return 256 - int.from_bytes(hashlib.sha256(answer.encode()).digest(), "big").bit_length()


def _nonce(key: bytes, record_id: str, minute: int) -> str:
    return f"{minute}-{hmac.digest(key, f'{minute} {record_id}'.encode(), 'sha256')[:16].hex()}"
