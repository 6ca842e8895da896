"""The key by which receipts are known: this installation's, for nothing else, so that it outlives changes of others."""

from keyfile import secret
from views.database import settings
from wire.keys import SigningKey


def receipt_key() -> SigningKey:
    """Return the key, made at the first call."""
    return SigningKey(secret(settings().keys, "receipt"))
