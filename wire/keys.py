"""Ed25519 key pairs (密钥对): bytes in, bytes out. Where they are kept is the caller's affair."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SUITE = "ed25519/sha256"


@dataclass(frozen=True)
class PublicKey:
    """The half that is handed out: 32 raw bytes. Raises ValueError for any other length."""

    raw: bytes
    suite: ClassVar[str] = SUITE

    def __post_init__(self) -> None:
        self._half  # noqa: B018 - reading it checks the bytes

    @cached_property
    def _half(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.raw)

    @classmethod
    def from_hex(cls, text: str) -> Self:
        """Read the 64 hex digits a person passes on. Raises ValueError."""
        return cls(bytes.fromhex(text))

    @property
    def hex(self) -> str:
        """The whole key as 64 hex digits."""
        return self.raw.hex()

    @property
    def key_id(self) -> str:
        """Name the key: the first 16 hex digits of its SHA-256."""
        return hashlib.sha256(self.raw).hexdigest()[:16]

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Say whether *signature* over *data* was made with the other half."""
        try:
            self._half.verify(signature, data)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, repr=False)
class SigningKey:
    """The half that never leaves its owner: 32 raw bytes, to be kept in a file of mode 0600."""

    raw: bytes

    def __post_init__(self) -> None:
        self._half  # noqa: B018 - reading it checks the bytes

    @cached_property
    def _half(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.raw)

    @classmethod
    def generate(cls) -> Self:
        """Make a new key from the system's random source."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @cached_property
    def public(self) -> PublicKey:
        """The half to hand out."""
        return PublicKey(self._half.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """Sign *data*; 64 bytes, the same for the same data."""
        return self._half.sign(data)
