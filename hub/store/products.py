"""Product versions (产品版本): immutable, signed, all kept."""

from datetime import date

import msgspec
from sqlalchemy import Connection, Select, insert, select

from domain.canonical import canonical
from domain.product import SignedProduct
from domain.uuid7 import new_uuid7
from hub.clock import now
from hub.store.tables import product

_decoder = msgspec.json.Decoder(SignedProduct)


def find(connection: Connection, product_id: str, version: int) -> SignedProduct | None:
    """Return one version, or None."""
    body = connection.scalar(select(product.c.body).where(product.c.id == product_id, product.c.version == version))
    return _decoder.decode(body) if body else None


def every(connection: Connection) -> list[SignedProduct]:
    """Return all versions of all products."""
    return [_decoder.decode(body) for body in connection.scalars(_ordered())]


def not_expired(connection: Connection, today: date) -> list[SignedProduct]:
    """Return the versions that may quote today or later."""
    return [_decoder.decode(body) for body in connection.scalars(_ordered().where(product.c.valid_to >= str(today)))]


def record_id(connection: Connection, product_id: str) -> str:
    """Return the id under which all versions of a product travel; a new one before the first."""
    known = connection.scalar(select(product.c.record_id).where(product.c.id == product_id).limit(1))
    return known or new_uuid7()


def add(connection: Connection, signed: SignedProduct) -> None:
    """Keep a new version."""
    new = signed.product
    connection.execute(
        insert(product).values(
            id=new.id,
            version=new.version,
            record_id=record_id(connection, new.id),
            valid_from=str(new.valid_from),
            valid_to=str(new.valid_to),
            body=canonical(signed),
            loaded_at=now(),
        )
    )


def _ordered() -> Select[bytes]:
    return select(product.c.body).order_by(product.c.id, product.c.version)
