"""Sealed for one reader (加密): the age format, X25519, which the ordinary ``age`` tool opens with the same key."""

from dataclasses import dataclass
from typing import Self

from pyrage import DecryptError, IdentityError, RecipientError, decrypt, encrypt, x25519

from wire.errors import Foreign, Malformed

NO_KEY_FITS = "No matching keys found"


@dataclass(frozen=True, repr=False)
class SealingKey:
    """The half that opens: the text of an age identity file, to be kept in a file of mode 0600."""

    text: str

    @classmethod
    def generate(cls) -> Self:
        """Make a new key from the system's random source."""
        return cls(f"{x25519.Identity.generate()}\n")

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Read what ``text`` was kept as. Raises ValueError."""
        key = cls(data.decode("ascii"))
        key.identity()
        return key

    def identity(self) -> x25519.Identity:
        """Return the key for the age library. Raises ValueError."""
        try:
            return x25519.Identity.from_str(self.text.strip())
        except IdentityError as error:
            raise ValueError("age identity") from error

    @property
    def recipient(self) -> str:
        """The half to hand out, ``age1…``."""
        return str(self.identity().to_public())

    def unseal(self, data: bytes) -> bytes:
        """Return what was sealed. Raises Foreign when it was for another reader, Malformed when a byte is amiss."""
        try:
            return bytes(decrypt(data, [self.identity()]))
        except DecryptError as error:
            raise Foreign("recipient") if str(error) == NO_KEY_FITS else Malformed("seal") from error


def seal(data: bytes, recipient: str) -> bytes:
    """Seal *data* for the holder of *recipient*'s other half. Raises ValueError for no recipient."""
    return bytes(encrypt(data, [_recipient(recipient)]))


def is_recipient(text: str) -> bool:
    """Say whether *text* is something to seal for."""
    try:
        _recipient(text)
    except ValueError:
        return False
    return True


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError as error:
        raise ValueError("age recipient") from error
