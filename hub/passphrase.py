"""Passphrases (口令): Argon2id with a salt each, over an HMAC whose pepper is not in the database."""

import hmac

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from domain.errors import FieldError
from hub.installation import Installation

SHORTEST = 12
LONGEST = 200


def accept(typed: str) -> str:
    """Return a passphrase somebody chooses; raise FieldError for fewer than twelve characters or over 200."""
    if not SHORTEST <= len(typed) <= LONGEST:
        raise FieldError("hub.passphrase_length", low=str(SHORTEST), high=str(LONGEST))
    return typed


def hashed(here: Installation, passphrase: str) -> str:
    """Return *passphrase* as it is kept, parameters and salt included."""
    return _hasher(here).hash(_peppered(here, passphrase))


def matches(here: Installation, kept: str | None, passphrase: str) -> bool:
    """Say whether *passphrase* is the one *kept*; None, for a name nobody has, takes as long and never matches."""
    if kept is None:
        hashed(here, passphrase)
        return False
    try:
        return _hasher(here).verify(kept, _peppered(here, passphrase))
    except VerifyMismatchError:
        return False


def digest(here: Installation, typed: str) -> str:
    """Return what stands for *typed* where only equality matters and the text itself must not be kept."""
    return hmac.digest(here.pepper, typed.encode(), "sha256").hex()


def _hasher(here: Installation) -> PasswordHasher:
    return PasswordHasher(here.settings.hash_rounds, here.settings.hash_memory_kib, parallelism=1)


def _peppered(here: Installation, passphrase: str) -> bytes:
    return hmac.digest(here.pepper, passphrase.encode(), "sha256")
