"""Why a message is refused. ``code`` is what travels in ``Problem.code``."""


class MessageError(ValueError):
    """A message that must not be believed; nothing of it may be used."""

    code = "malformed"


class Malformed(MessageError):
    """The bytes do not have the shape of a message, or contradict their own header."""


class TooLarge(MessageError):
    """The message, its header, its expanded body or its number of entries is over the limit."""

    code = "too_large"


class Unsupported(MessageError):
    """A version, suite or codec that this program does not speak."""

    code = "unsupported"


class BadSignature(MessageError):
    """Not signed by the key that is known for its sender."""

    code = "bad_signature"


class Foreign(MessageError):
    """A true message, but not the answer to what was asked: another sender, receiver or nonce."""

    code = "foreign"
