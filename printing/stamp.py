"""What proves a paper that is not about an application: its number, the digest of its record, and both for people."""

from typing import Any

from domain.application import PointStamp
from domain.product import Product
from printing import qr


def stamped(reference: str, digest: bytes, product: Product, point: PointStamp, clerk: str) -> dict[str, Any]:
    """Return the values that head and foot of every such paper need; *digest* is what proves it, 32 bytes."""
    return {
        "product": product,
        "point": point,
        "clerk": clerk,
        "code": qr.content(reference, digest),
        "short": qr.short(digest),
    }
