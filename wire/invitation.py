"""An invitation (邀请码): one line, to paste, type or scan, by which a new installation and its hub know each other.

    TSHEG point secret fingerprint check address [pin …]

The secret is the seed of a key that signs one message and never travels. The fingerprint is the beginning of the
SHA-256 of the hub's public key: whoever answers must hold that key, whatever network lies between.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Self

from wire.errors import Malformed
from wire.keys import SigningKey
from wire.suites import PublicKey

MAGIC = "TSHEG"
CONTEXT = b"tsheg-invitation-v1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
BITS, LETTERS, CHECK_LETTERS, GROUP, KEY_ID_BITS = 5, 20, 4, 4, 64
POINT, CODE = re.compile("[A-Z]{2,6}"), re.compile(f"[{ALPHABET}]{{{LETTERS}}}")


@dataclass(frozen=True, repr=False)
class Invitation:
    """Whom it is for, what lets them in, and how they know the hub. Each code has 100 bits, 20 letters."""

    point: str
    secret: str
    fingerprint: str
    url: str
    pins: tuple[str, ...] = ()

    @property
    def key(self) -> SigningKey:
        """The key that signs the one message this invitation is good for."""
        return SigningKey(hashlib.sha256(CONTEXT + self.point.encode() + self.secret.encode()).digest())

    @property
    def text(self) -> str:
        """The line."""
        codes = " ".join(_grouped(code) for code in (self.secret, self.fingerprint, self._check))
        return " ".join((MAGIC, self.point, codes, self.url, *self.pins))

    @property
    def hub(self) -> str:
        """The name of the hub that gave it, which follows from its key."""
        number = 0
        for letter in self.fingerprint:
            number = number << BITS | ALPHABET.index(letter)
        return f"hub-{number >> (LETTERS * BITS - KEY_ID_BITS):016x}"

    def is_from(self, key: PublicKey) -> bool:
        """Say whether *key* is that of the hub which gave this invitation."""
        return self.fingerprint == fingerprint(key)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the invitation in *text*, however broken into lines; raise Malformed for a slip of the pen."""
        magic, point, secret, mark, check, url, *pins = [*text.split(), *[""] * 6]
        found = cls(point.upper(), _code(secret), _code(mark), url, tuple(filter(None, pins)))
        if magic.upper() != MAGIC or not POINT.fullmatch(found.point) or _code(check) != found._check:
            raise Malformed("invitation")
        if not all(CODE.fullmatch(code) for code in (found.secret, found.fingerprint)):
            raise Malformed("invitation")
        return found

    @property
    def _check(self) -> str:
        parts = (self.point, self.secret, self.fingerprint, self.url, *self.pins)
        return _letters(hashlib.sha256(" ".join(parts).encode()).digest(), CHECK_LETTERS)


def new_secret() -> str:
    """Draw a secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def fingerprint(key: PublicKey) -> str:
    """Return the first 100 bits of the SHA-256 of *key*, as letters."""
    return _letters(hashlib.sha256(key.raw).digest(), LETTERS)


def _letters(digest: bytes, count: int) -> str:
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - count * BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in range((count - 1) * BITS, -1, -BITS))


def _grouped(code: str) -> str:
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _code(text: str) -> str:
    return text.replace("-", "").upper().translate(MISREAD)
