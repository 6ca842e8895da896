"""Applications as the desk sees them: what waits, what was decided, and one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from sqlalchemy import Connection, RowMapping, func, select

from domain.decision import Decision
from domain.errors import NotFound
from hub.store.tables import application, decision, policy

PAGE = 50
STATES = ("waiting", "asked", "quarantined", "decided")
_decoder = msgspec.json.Decoder(Decision)


@dataclass(frozen=True)
class Summary:
    """One line of a list. ``state`` is waiting, asked, quarantined or decided; ``outcome`` the last answer."""

    point: str
    record_id: str
    revision: int
    producer: str
    epoch: str
    seq: int
    reference: str
    policyholder: str
    buyers: int
    amount_fen: int
    applied_on: str
    received_at: str
    state: str
    outcome: str | None
    policy_number: str


def find(connection: Connection, point: str, record_id: str) -> Summary:
    """Return one application's line; raise NotFound."""
    found = seek(connection, point, record_id)
    if found is None:
        raise NotFound("hub.application_not_found")
    return found


def seek(connection: Connection, point: str, record_id: str) -> Summary | None:
    """Return one application's line, or None."""
    query = select(application).where(application.c.point == point, application.c.record_id == record_id)
    row = connection.execute(query).mappings().first()
    return _summary(row) if row else None


def of_records(connection: Connection, point: str, record_ids: Iterable[str]) -> dict[str, Summary]:
    """Return the lines of these applications of one point, by record id."""
    query = select(application).where(application.c.point == point, application.c.record_id.in_(record_ids))
    return {row["record_id"]: _summary(row) for row in connection.execute(query).mappings()}


def by_reference(connection: Connection, reference: str) -> list[Summary]:
    """Return the applications with this reference: one, unless two points disagree."""
    query = select(application).where(application.c.reference == reference).order_by(application.c.point)
    return [_summary(row) for row in connection.execute(query).mappings()]


def counts(connection: Connection) -> dict[str, int]:
    """Count the applications in each state."""
    query = select(application.c.state, func.count()).group_by(application.c.state)
    return dict.fromkeys(STATES, 0) | {row[0]: row[1] for row in connection.execute(query)}


def in_state(connection: Connection, state: str, page: int = 1) -> list[Summary]:
    """Return a page of the applications in *state*: decided ones newest first, all others oldest first."""
    order = application.c.received_at.desc() if state == "decided" else application.c.received_at
    query = select(application).where(application.c.state == state)
    query = query.order_by(order, application.c.point, application.c.seq).limit(PAGE).offset((page - 1) * PAGE)
    return [_summary(row) for row in connection.execute(query).mappings()]


def every(connection: Connection) -> list[Summary]:
    """Return all applications, oldest first."""
    query = select(application).order_by(application.c.received_at, application.c.point, application.c.seq)
    return [_summary(row) for row in connection.execute(query).mappings()]


def decisions(connection: Connection, point: str, record_id: str) -> list[Decision]:
    """Return all our answers to one application, oldest first."""
    query = select(decision.c.body).where(decision.c.point == point, decision.c.application == record_id)
    return [_decoder.decode(body) for body in connection.scalars(query.order_by(decision.c.record_id))]


def policy_dates(connection: Connection, point: str, record_id: str) -> list[tuple[date, date]]:
    """Return (first day, last day) of the policy on an application, if there is one."""
    query = select(policy.c.starts_on, policy.c.ends_on)
    rows = connection.execute(query.where(policy.c.point == point, policy.c.application == record_id))
    return [(date.fromisoformat(row.starts_on), date.fromisoformat(row.ends_on)) for row in rows]


def policies_among(connection: Connection, numbers: Iterable[str]) -> set[str]:
    """Return those of the policy *numbers* that are taken."""
    return set(connection.scalars(select(policy.c.policy_number).where(policy.c.policy_number.in_(numbers))))


def _summary(row: RowMapping) -> Summary:
    return Summary(**{name: row[name] for name in Summary.__dataclass_fields__})
