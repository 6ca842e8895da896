"""Handing out products (产品): signed once, written into what the hub sends to every point."""

import base64

from sqlalchemy import Connection

from domain.application import FORM_VERSION
from domain.canonical import canonical
from domain.errors import Conflict
from domain.product import Product, SignedProduct
from hub.clock import now, today
from hub.installation import Installation
from hub.store import journal, points, products
from hub.store.engine import write
from wire.entry import Revision
from wire.keys import SigningKey


def load(here: Installation, product: Product) -> bool:
    """Sign *product* and send it to every point; say whether it was new.

    Raises Conflict where this version is known with other content: versions never change.
    """
    with write(here.engine) as connection:
        known = products.find(connection, product.id, product.version)
        if known and known.product != product:
            raise Conflict("product.other_content", product=product.id, version=str(product.version))
        if known is None:
            signed = sign(product, here.key)
            products.add(connection, signed)
            for point in points.codes(connection):
                hand_out(connection, point, signed)
        return known is None


def hand_out_current(connection: Connection, point: str) -> None:
    """Send *point* every version that may quote today or later."""
    for signed in products.not_expired(connection, today()):
        hand_out(connection, point, signed)


def hand_out(connection: Connection, point: str, signed: SignedProduct) -> None:
    """Write one version into what the hub sends to *point*."""
    revision = Revision(
        record_id=products.record_id(connection, signed.product.id),
        kind="product",
        revision=signed.product.version,
        form_version=FORM_VERSION,
        made_at=now(),
        made_by=signed.key_id,
        body=canonical(signed),
    )
    journal.append(connection, point, [revision])


def sign(product: Product, key: SigningKey) -> SignedProduct:
    """Sign the product's canonical JSON."""
    signature = base64.b64encode(key.sign(canonical(product))).decode()
    return SignedProduct(product=product, key_id=key.public.key_id, signature=signature)
