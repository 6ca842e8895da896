"""The key by which receipts are known: this installation's, for nothing else, so that it outlives changes of others."""

from keyfile import secret
from views.database import settings
from wire.entry import Entry
from wire.keys import SigningKey
from wire.receipt import Receipt, Signed, sign
from wire.status_code import status_code


def receipt_key() -> SigningKey:
    """Return the key, made at the first call."""
    return SigningKey(secret(settings().keys, "receipt"))


def receipt_of(entry: Entry, reference: str, digest: str) -> Signed:
    """Return the receipt of the record whose revision 1 is *entry*; *digest* is the hex of its slip, or empty."""
    receipt = Receipt(
        id=entry.record_id, digest=digest, reference=reference, code=status_code(entry),
        received_at=entry.made_at, point=entry.producer,
    )  # fmt: skip
    return sign(receipt, receipt_key())
