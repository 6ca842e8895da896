"""Service points (服务点) and the keys they are known by. Nothing is deleted: a key or a point is revoked."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, insert, select, update

from domain.application import PointStamp
from domain.errors import Conflict, NotFound
from domain.words import PointKind
from hub.clock import now
from hub.store.tables import point, point_key
from wire.keys import PublicKey


@dataclass(frozen=True)
class Point:
    """An enrolled point. ``licence`` is its agent's licence number (经营保险代理业务许可证), often empty."""

    stamp: PointStamp
    county: str
    licence: str
    active: bool = True


@dataclass(frozen=True)
class PointKey:
    """A point's public key; a revoked key or point sends in vain."""

    public: PublicKey
    active: bool


def enrol(connection: Connection, new: Point, key: PublicKey) -> bool:
    """Enrol *new* with its first key; say whether it was new. Raises Conflict where the code has another key."""
    code = new.stamp.code
    if connection.scalar(select(point.c.code).where(point.c.code == code)) is not None:
        if (known := find_key(connection, code, key.key_id)) and known.active:
            return False
        raise Conflict("point.other_key", point=code)
    connection.execute(
        insert(point).values(
            code=code,
            name=new.stamp.name,
            kind=new.stamp.kind,
            county=new.county,
            licensed=int(new.stamp.licensed),
            licence=new.licence,
            state="active",
            enrolled_at=now(),
        )
    )
    _add_key(connection, code, key)
    return True


def renew_key(connection: Connection, code: str, key: PublicKey) -> None:
    """Let *key* take the place of the point's keys; raise NotFound, or Conflict for a key it had before."""
    find(connection, code)
    if find_key(connection, code, key.key_id):
        raise Conflict("point.old_key", point=code)
    connection.execute(update(point_key).where(point_key.c.point == code).values(state="revoked"))
    connection.execute(update(point).where(point.c.code == code).values(state="active"))
    _add_key(connection, code, key)


def revoke(connection: Connection, code: str) -> None:
    """Take nothing more from this point; raise NotFound."""
    find(connection, code)
    connection.execute(update(point).where(point.c.code == code).values(state="revoked"))


def find(connection: Connection, code: str) -> Point:
    """Return a point by its code; raise NotFound."""
    row = connection.execute(select(point).where(point.c.code == code)).mappings().first()
    if row is None:
        raise NotFound("point.not_found", point=code)
    return _point(row)


def every(connection: Connection) -> list[Point]:
    """Return all points, revoked ones included."""
    return [_point(row) for row in connection.execute(select(point).order_by(point.c.code)).mappings()]


def codes(connection: Connection) -> list[str]:
    """Return the codes of all points, revoked ones included."""
    return list(connection.scalars(select(point.c.code).order_by(point.c.code)))


def find_key(connection: Connection, code: str, key_id: str) -> PointKey | None:
    """Return the key a message claims to be signed with, or None."""
    query = (
        select(point_key.c.public_key, point_key.c.state, point.c.state)
        .join(point, point.c.code == point_key.c.point)
        .where(point_key.c.point == code, point_key.c.key_id == key_id)
    )
    row = connection.execute(query).first()
    return PointKey(PublicKey(row[0]), row[1] == row[2] == "active") if row else None


def _point(row: RowMapping) -> Point:
    kind, licensed = PointKind(row["kind"]), bool(row["licensed"])
    stamp = PointStamp(code=row["code"], name=row["name"], kind=kind, licensed=licensed)
    return Point(stamp, row["county"], row["licence"], row["state"] == "active")


def _add_key(connection: Connection, code: str, key: PublicKey) -> None:
    connection.execute(
        insert(point_key).values(point=code, key_id=key.key_id, public_key=key.raw, state="active", added_at=now())
    )
