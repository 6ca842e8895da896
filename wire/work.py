"""Proof of work (工作量证明): what a stranger's browser works out before it is let in while many come at once.

The task is a nonce that only its maker can make, for one record and a few minutes; nothing is kept of it. It is
solved by a counter for which SHA-256 of ``<nonce>.<counter>`` begins with so many zero bits.
"""

import hashlib
import hmac
import re

MINUTE = 60
VALID_MINUTES = 10
WAIT_MINUTES = 3
TASK = re.compile(r"([0-9]{1,12})-[0-9a-f]{32}", re.ASCII)
COUNTER = re.compile(r"[0-9]{1,15}", re.ASCII)


def nonce(key: bytes, record_id: str, at: float) -> str:
    """Return the task of *record_id* at moment *at* (seconds since 1970)."""
    return _nonce(key, record_id, int(at) // MINUTE)


def is_done(key: bytes, record_id: str, answer: str, bits: int, at: float) -> bool:
    """Say whether *answer* (``<nonce>.<counter>``) solves a task of *record_id* that is not too old at moment *at*."""
    task, _, counter = answer.partition(".")
    done = COUNTER.fullmatch(counter) and zero_bits(answer) >= bits
    return bool(done) and age(key, record_id, task, at) is not None


def has_waited(key: bytes, record_id: str, task: str, at: float) -> bool:
    """Say whether a task of *record_id* was given three minutes ago: whoever has no script waits instead of working."""
    known = age(key, record_id, task, at)
    return known is not None and known >= WAIT_MINUTES


def age(key: bytes, record_id: str, task: str, at: float) -> int | None:
    """Return how many minutes before moment *at* the task was given; None where it is not ours or too old."""
    found = TASK.fullmatch(task)
    minutes = int(at) // MINUTE - int(found[1]) if found else -1
    if not found or not 0 <= minutes < VALID_MINUTES:
        return None
    return minutes if hmac.compare_digest(_nonce(key, record_id, int(found[1])), task) else None


def zero_bits(answer: str) -> int:
    """Count the zero bits that the hash of *answer* begins with."""
    return 256 - int.from_bytes(hashlib.sha256(answer.encode()).digest(), "big").bit_length()


def _nonce(key: bytes, record_id: str, minute: int) -> str:
    return f"{minute}-{hmac.digest(key, f'{minute} {record_id}'.encode(), 'sha256')[:16].hex()}"
