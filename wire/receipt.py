"""The receipt (收据) of what a phone sent: signed, so that only the point's own word counts as received."""

import base64

import msgspec

from domain.application import RecordId
from domain.canonical import canonical
from wire.keys import PublicKey, SigningKey

CONTEXT = b"tsheg-receipt-v1\n"


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the point says it has: ``digest`` is the hex SHA-256 of the slip's text, ``code`` the status code."""

    id: RecordId
    digest: str
    reference: str
    code: str
    received_at: str
    point: str


class Signed(msgspec.Struct, frozen=True):
    """A receipt as it travels: its canonical JSON and the Ed25519 signature over it."""

    signed: bytes
    signature: bytes

    @property
    def receipt(self) -> Receipt:
        """What was signed."""
        return msgspec.json.decode(self.signed, type=Receipt)

    @property
    def texts(self) -> dict[str, str]:
        """Both parts in base64url without padding, for JSON and for addresses."""
        return {"signed": _base64url(self.signed), "signature": _base64url(self.signature)}

    def is_from(self, key: PublicKey) -> bool:
        """Say whether the holder of *key* signed it."""
        return key.verify(self.signature, CONTEXT + self.signed)


def sign(receipt: Receipt, key: SigningKey) -> Signed:
    """Return *receipt* signed with *key*."""
    signed = canonical(receipt)
    return Signed(signed, key.sign(CONTEXT + signed))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
