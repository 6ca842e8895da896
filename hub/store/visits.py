"""Visits from outside (外来访问次数), counted for all workers together; a row lasts an hour."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, or_, select, update

from domain.visits import PERIODS, Limit, period, wait
from hub.store.tables import visit

LOCK = "visit"


def count(connection: Connection, limits: Sequence[Limit], at: float) -> int:
    """Count one visit at moment *at* against all of *limits*, or against none where one of them is reached.

    Returns 0, or the seconds until it would be let in. Alone: inside a transaction of whoever writes ``LOCK``.
    """
    now = period(at)
    longest = max(wait(_seen(connection, limit, now), limit.most, at) for limit in limits)
    if not longest:
        # What lies ahead was counted before the clock was set back.
        connection.execute(delete(visit).where(or_(visit.c.period <= now - PERIODS, visit.c.period > now)))
        for limit in limits:
            _add(connection, limit, now)
    return longest


def _add(connection: Connection, limit: Limit, now: int) -> None:
    place = {"kind": limit.kind, "subject": limit.subject, "period": now}
    known = [visit.c[name] == value for name, value in place.items()]
    if not connection.execute(update(visit).where(*known).values(visits=visit.c.visits + 1)).rowcount:
        connection.execute(insert(visit).values(**place, visits=1))


def _seen(connection: Connection, limit: Limit, now: int) -> list[tuple[int, int]]:
    query = select(visit.c.period, visit.c.visits).order_by(visit.c.period).where(
        visit.c.kind == limit.kind, visit.c.subject == limit.subject, visit.c.period.between(now - PERIODS + 1, now)
    )  # fmt: skip
    return [(row.period, row.visits) for row in connection.execute(query)]
