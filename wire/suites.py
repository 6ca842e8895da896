"""Suites (密码套件): how a message is signed and digested. The header names one; another is a module and a line here.

The hash chain of entries is not the message's affair and stays as it is (``wire/entry.py``).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wire import keys
from wire.errors import Unsupported


class PublicKey(Protocol):
    """The half that is handed out, of any suite."""

    @property
    def raw(self) -> bytes:
        """The key as it is kept."""

    @property
    def suite(self) -> str:
        """The suite it belongs to."""

    @property
    def key_id(self) -> str:
        """Name the key, by 16 hex digits."""

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Say whether *signature* over *data* was made with the other half."""


class SigningKey(Protocol):
    """The half that never leaves its owner, of any suite."""

    @property
    def public(self) -> PublicKey:
        """The half to hand out."""

    def sign(self, data: bytes) -> bytes:
        """Sign *data*."""


@dataclass(frozen=True)
class Suite:
    """*public_key* reads a key as it is kept, raising ValueError; *digest* gives 32 bytes."""

    public_key: Callable[[bytes], PublicKey]
    digest: Callable[[bytes], bytes]


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 of *data*."""
    return hashlib.sha256(data).digest()


SUITES = {keys.SUITE: Suite(keys.PublicKey, sha256)}


def suite(name: str) -> Suite:
    """Return the suite of that name; raise Unsupported."""
    if name not in SUITES:
        raise Unsupported("suite")
    return SUITES[name]
