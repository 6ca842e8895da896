"""The one message of both directions, the same bytes over HTTPS and in a file on a stick.

    TSHEG1 ⏎ header (JSON) ⏎ signature (base64) ⏎ body

The signature covers the first two lines; the header fixes the body by its SHA-256.
"""

from wire.frame import LIMITS, MAGIC, Limits, signed_head
from wire.opening import Message, open_message, open_reply, read_claim, read_signer
from wire.packing import Packed, Said, pack

__all__ = [
    "LIMITS",
    "MAGIC",
    "Limits",
    "Message",
    "Packed",
    "Said",
    "open_message",
    "open_reply",
    "pack",
    "read_claim",
    "read_signer",
    "signed_head",
]
