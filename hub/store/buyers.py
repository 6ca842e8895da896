"""The buyers we know (已知买方), district by district: what a point of the district holds, and nothing else."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select

from hub.store.tables import buyer, buyer_list

CHUNK = 500


def districts(connection: Connection) -> list[str]:
    """Return the districts that ever had a buyer."""
    return list(connection.scalars(select(buyer_list.c.district).order_by(buyer_list.c.district)))


def of(connection: Connection, district: str) -> dict[str, bytes]:
    """Return credit code → canonical JSON of a district's buyers, by credit code."""
    query = select(buyer.c.credit_code, buyer.c.body).where(buyer.c.district == district)
    return dict(sorted((row.credit_code, row.body) for row in connection.execute(query)))


def version(connection: Connection, district: str) -> int:
    """Return how often the list of *district* has changed, 0 before the first time."""
    return connection.scalar(select(buyer_list.c.version).where(buyer_list.c.district == district)) or 0


def change(connection: Connection, district: str, put: Mapping[str, bytes], gone: Collection[str]) -> int:
    """Put buyers in and take others out; return the list's new version."""
    for codes in _chunks([*put, *gone]):
        connection.execute(delete(buyer).where(buyer.c.district == district, buyer.c.credit_code.in_(codes)))
    if put:
        rows = [{"district": district, "credit_code": code, "body": body} for code, body in put.items()]
        connection.execute(insert(buyer), rows)
    new = version(connection, district) + 1
    connection.execute(delete(buyer_list).where(buyer_list.c.district == district))
    connection.execute(insert(buyer_list).values(district=district, version=new))
    return new


def _chunks(codes: list[str]) -> list[list[str]]:
    return [codes[start : start + CHUNK] for start in range(0, len(codes), CHUNK)]
