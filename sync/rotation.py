"""A new key for this installation (换密钥), also with a full queue: both are kept until the hub knows the new one.

The files say how far it has come, so it may be killed anywhere: ``point`` signs, ``point-next`` is being announced,
``point-before`` was the one before. The latter is shown again only to a hub that was set back and knows no other.
"""

from dataclasses import dataclass
from pathlib import Path

import keyfile
from wire.header import NextKey
from wire.keys import PublicKey, SigningKey
from wire.succession import announce

CURRENT, NEXT, BEFORE = "point", "point-next", "point-before"


def begin(keys: Path) -> PublicKey:
    """Make the next key, to be announced with the next exchange; again, it is the same until the hub knows it."""
    current(keys)
    return SigningKey(keyfile.secret(keys, NEXT, lambda: SigningKey.generate().raw)).public


def current(keys: Path) -> SigningKey:
    """Return the key that signs, made at the first call."""
    return SigningKey(keyfile.secret(keys, CURRENT))


@dataclass
class Rotation:
    """The keys of the folder *keys*: messages are signed with *signing* and announce *next*, if there is one."""

    keys: Path
    signing: SigningKey
    next: SigningKey | None

    @classmethod
    def of(cls, keys: Path) -> "Rotation":
        """Read where this installation stands."""
        return cls(keys, current(keys), _read(keys, NEXT))

    def announcement(self, sender: str, receiver: str) -> NextKey | None:
        """Return what a message signed now says of the next key."""
        return announce(self.next, self.signing.public, sender, receiver) if self.next else None

    def heed(self, answered: NextKey | None) -> bool:
        """Switch when the hub's proved answer names the next key; say whether it did."""
        if answered is None or self.next is None or answered.key != self.next.public.raw:
            return False
        if keyfile.exists(self.keys, NEXT):
            keyfile.copy(self.keys, CURRENT, BEFORE)
            keyfile.move(self.keys, NEXT, CURRENT)
        self.signing, self.next = self.next, None
        return True

    def fall_back(self) -> bool:
        """Sign with the key before and announce the present one, to a hub that does not know it; say whether we can."""
        before = _read(self.keys, BEFORE)
        if before is None or self.next is not None or self.signing.raw == before.raw:
            return False
        self.signing, self.next = before, self.signing
        return True


def _read(keys: Path, name: str) -> SigningKey | None:
    return SigningKey(keyfile.secret(keys, name)) if keyfile.exists(keys, name) else None
