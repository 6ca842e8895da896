"""Our decisions and the policies that follow from them; each closes or sets aside the application it is about."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, update

from domain.decision import CoverGranted, Decision
from domain.words import Outcome
from hub.store.engine import insert_all
from hub.store.recorded import Recorded
from hub.store.tables import application, decision, policy

TABLES = (decision, policy)
STATES = {
    Outcome.ACCEPTED: "decided",
    Outcome.DECLINED: "decided",
    Outcome.SUPPLEMENT: "asked",
    Outcome.QUARANTINED: "quarantined",
}
_CLOSE = (
    update(application)
    .where(application.c.point == bindparam("at_point"), application.c.record_id == bindparam("about"))
    .where(application.c.revision == bindparam("as_of"), application.c.state == "waiting")
    .values(state=bindparam("state"), outcome=bindparam("outcome"), policy_number=bindparam("policy_number"))
)
_decoder = msgspec.json.Decoder(Decision)


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """Keep decisions and their policies, and show each outcome on the application that waits for it."""
    point = recorded[0].point
    made = [(_decoder.decode(one.entry.body), one.entry.body) for one in recorded]
    insert_all(connection, decision, [_row(point, one, body) for one, body in made])
    connection.execute(_CLOSE, [_closing(point, one) for one, _ in made])
    if policies := [_policy(point, one, one.cover) for one, _ in made if one.cover]:
        insert_all(connection, policy, policies)


def _row(point: str, made: Decision, body: bytes) -> dict[str, Any]:
    return {
        "point": point,
        "record_id": made.record_id,
        "application": made.application,
        "application_revision": made.application_revision,
        "outcome": made.outcome,
        "decided_on": str(made.decided_on),
        "decided_by": made.decided_by,
        "body": body,
    }


def _closing(point: str, made: Decision) -> dict[str, Any]:
    return {
        "at_point": point,
        "about": made.application,
        "as_of": made.application_revision,
        "state": STATES[made.outcome],
        "outcome": made.outcome,
        "policy_number": made.cover.policy_number if made.cover else "",
    }


def _policy(point: str, made: Decision, cover: CoverGranted) -> dict[str, Any]:
    return {
        "point": point,
        "policy_number": cover.policy_number,
        "application": made.application,
        "decision": made.record_id,
        "starts_on": str(cover.starts_on),
        "ends_on": str(cover.ends_on),
        "insured_fen": cover.insured_fen,
        "premium_fen": cover.premium_fen,
    }
