"""How much goes into one message (装得下), so that nobody makes one which its receiver has to refuse."""

import zlib
from collections.abc import Sequence

from domain.errors import FieldError
from wire.entry import Entry, Revision
from wire.message import LIMITS

MOST_BODY = 512 << 10
# Beside its body an entry has salt, ids and names; beside the entries there are header and signature.
ENTRY_BYTES, HEAD_BYTES = 400, 32 << 10


def require_sendable(revision: Revision) -> None:
    """Raise FieldError for a record that no message could carry: it would stop everything behind it."""
    if len(revision.body) > MOST_BODY:
        raise FieldError("record_too_large", most=str(MOST_BODY >> 10))


def fitting(entries: Sequence[Entry]) -> list[Entry]:
    """Return *entries*, or their first half, quarter and so on that one message can carry; one entry always fits."""
    chosen = list(entries)
    while len(chosen) > 1 and _at_most(chosen) > LIMITS.message:
        chosen = chosen[: len(chosen) // 2]
    return chosen


def _at_most(entries: Sequence[Entry]) -> int:
    bodies = sum(len(entry.body) for entry in entries)
    beside = HEAD_BYTES + ENTRY_BYTES * len(entries)
    if bodies + beside <= LIMITS.message:
        return bodies + beside
    # Every codec makes text at least as small as this quick one does.
    return beside + len(zlib.compress(b"".join(entry.body for entry in entries), 1))
