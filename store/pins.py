"""PINs as they are kept: Argon2id with a salt each, over an HMAC with a pepper that is not in the database."""

import hmac

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# OWASP's 19 MiB for old computers, with passes enough for a tenth of a second on a new one.
HASHER = PasswordHasher(time_cost=12, memory_cost=19 * 1024, parallelism=1)


def hashed(pin: str, pepper: bytes) -> str:
    """Return *pin* in Argon2's own format, parameters and salt included."""
    return HASHER.hash(_peppered(pin, pepper))


def matches(kept: str | None, pin: str, pepper: bytes) -> bool:
    """Say whether *pin* is the one *kept*; None, for a name nobody has, takes as long and never matches."""
    if kept is None:
        hashed(pin, pepper)
        return False
    try:
        return HASHER.verify(kept, _peppered(pin, pepper))
    except VerifyMismatchError:
        return False


def _peppered(pin: str, pepper: bytes) -> bytes:
    return hmac.digest(pepper, pin.encode(), "sha256")
