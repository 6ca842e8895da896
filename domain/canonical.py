"""The one spelling of a record in bytes, so that equal records have equal digests (RFC 8785, for our types)."""

import hashlib
import unicodedata
from typing import Any

import msgspec

SAFE_INTEGER = 2**53 - 1


def canonical(value: object) -> bytes:
    """Return *value* as canonical JSON: UTF-8, NFC, sorted keys, no spaces, integers only.

    Empty and default fields are kept. Raises TypeError for floats and for integers
    that a JSON reader elsewhere might round.
    """
    return msgspec.json.encode(_plain(msgspec.to_builtins(value, order="sorted")))


def digest(body: bytes) -> str:
    """Return the SHA-256 of *body* in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or (isinstance(value, int) and abs(value) <= SAFE_INTEGER):
        return value
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form here")


def _object(value: dict[str, Any]) -> dict[str, Any]:
    # Keys come sorted by code points, which is the order asked for until a key leaves ASCII.
    if all(map(str.isascii, value)):
        return {key: _plain(item) for key, item in value.items()}
    plain = {_plain(key): _plain(item) for key, item in value.items()}
    return {key: plain[key] for key in sorted(plain, key=_utf16)}


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")
