"""Service points (服务点) and the keys they are known by. Nothing is deleted: it is revoked, or a key replaced."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, insert, select, update

from domain.application import PointStamp
from domain.errors import Conflict, NotFound
from domain.words import PointKind
from hub.clock import now
from hub.store.tables import point, point_key
from wire.header import Cursor
from wire.suites import PublicKey, suite

_KEY = (
    select(point_key.c.public_key, point_key.c.suite, point_key.c.state, point_key.c.until, point.c.state)
    .join(point, point.c.code == point_key.c.point)
    .where(point_key.c.point == bindparam("point"), point_key.c.key_id == bindparam("key_id"))
)

ACTIVE, NEXT, REPLACED, REVOKED = "active", "next", "replaced", "revoked"
Heads = tuple[Cursor, ...]


@dataclass(frozen=True)
class Point:
    """An enrolled point. ``licence`` is its agent's licence number (经营保险代理业务许可证), often empty."""

    stamp: PointStamp
    county: str
    licence: str
    active: bool = True


@dataclass(frozen=True)
class PointKey:
    """A point's public key and how it stands; all keys of a revoked point are revoked.

    *until* are the heads of the point's streams when it announced the key that followed this one.
    """

    public: PublicKey
    state: str
    until: Heads = ()

    @property
    def active(self) -> bool:
        """Whether it is the one the point signs with."""
        return self.state == ACTIVE


def enrol(connection: Connection, new: Point, key: PublicKey) -> bool:
    """Enrol *new* with its first key; say whether it was new, else its name, kind, county and licence are brought up
    to date. Raises Conflict where the code has another key.
    """
    code = new.stamp.code
    if connection.scalar(select(point.c.code).where(point.c.code == code)) is not None:
        if (known := find_key(connection, code, key.key_id)) and known.active:
            connection.execute(update(point).where(point.c.code == code).values(_described(new)))
            return False
        raise Conflict("point.other_key", point=code)
    connection.execute(insert(point).values(code=code, **_described(new), state=ACTIVE, enrolled_at=now()))
    _add_key(connection, code, key)
    return True


def renew_key(connection: Connection, code: str, key: PublicKey) -> None:
    """Let *key* take the place of the point's keys; raise NotFound, or Conflict for a key it had before."""
    find(connection, code)
    if find_key(connection, code, key.key_id):
        raise Conflict("point.old_key", point=code)
    revoke_keys(connection, code)
    connection.execute(update(point).where(point.c.code == code).values(state=ACTIVE))
    _add_key(connection, code, key)


def revoke_keys(connection: Connection, code: str) -> None:
    """Believe none of the point's keys any more: somebody else may hold them."""
    connection.execute(update(point_key).where(point_key.c.point == code).values(state=REVOKED))


def announce(connection: Connection, code: str, by: str, key: PublicKey, until: Heads) -> bool:
    """Let *key* follow the key *by*, which signs no entries beyond *until* for it; say whether it may.

    A key the point had before may not. The latest announcement counts.
    """
    known = find_key(connection, code, key.key_id)
    if known and known.state != NEXT:
        return False
    if known is None:
        _set_state(connection, code, point_key.c.state == NEXT, REVOKED)
        _add_key(connection, code, key, NEXT)
    until_json = msgspec.json.encode(until).decode()
    connection.execute(update(point_key).where(*_is(code, by)).values(until=until_json))
    return True


def promote(connection: Connection, code: str, key_id: str) -> None:
    """Let the announced key take the place of the one that announced it."""
    _set_state(connection, code, point_key.c.state == ACTIVE, REPLACED)
    _set_state(connection, code, and_(point_key.c.key_id == key_id, point_key.c.state == NEXT), ACTIVE)


def revoke(connection: Connection, code: str) -> None:
    """Take nothing more from this point; raise NotFound."""
    find(connection, code)
    connection.execute(update(point).where(point.c.code == code).values(state=REVOKED))


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
    row = connection.execute(_KEY, {"point": code, "key_id": key_id}).first()
    if row is None:
        return None
    public, of_suite, state, until, of_point = row
    heads = msgspec.json.decode(until, type=Heads) if until else ()
    return PointKey(suite(of_suite).public_key(public), state if of_point == ACTIVE else REVOKED, heads)


def _point(row: RowMapping) -> Point:
    kind, licensed = PointKind(row["kind"]), bool(row["licensed"])
    stamp = PointStamp(code=row["code"], name=row["name"], kind=kind, licensed=licensed)
    return Point(stamp, row["county"], row["licence"], row["state"] == ACTIVE)


def _described(new: Point) -> dict[str, object]:
    stamp = new.stamp
    about = {"name": stamp.name, "kind": stamp.kind, "licensed": int(stamp.licensed)}
    return about | {"county": new.county, "licence": new.licence}


def _add_key(connection: Connection, code: str, key: PublicKey, state: str = ACTIVE) -> None:
    connection.execute(
        insert(point_key).values(
            point=code, key_id=key.key_id, public_key=key.raw, suite=key.suite, state=state, added_at=now(), until=""
        )
    )


def _set_state(connection: Connection, code: str, which: ColumnElement[bool], state: str) -> None:
    connection.execute(update(point_key).where(point_key.c.point == code, which).values(state=state))


def _is(code: str, key_id: str) -> tuple[ColumnElement[bool], ...]:
    return point_key.c.point == code, point_key.c.key_id == key_id
