"""Our decisions and the policies that follow from them; each closes or sets aside the application it is about."""

import msgspec
from sqlalchemy import Connection, insert, update

from domain.decision import Decision
from domain.words import Outcome
from hub.store.recorded import Recorded
from hub.store.tables import application, decision, policy

TABLES = (decision, policy)
STATES = {
    Outcome.ACCEPTED: "decided",
    Outcome.DECLINED: "decided",
    Outcome.SUPPLEMENT: "asked",
    Outcome.QUARANTINED: "quarantined",
}
_decoder = msgspec.json.Decoder(Decision)


def project(connection: Connection, recorded: Recorded) -> None:
    """Keep the decision, its policy if there is one, and show the outcome on the application that waits for it."""
    made = _decoder.decode(recorded.entry.body)
    connection.execute(
        insert(decision).values(
            point=recorded.point,
            record_id=made.record_id,
            application=made.application,
            application_revision=made.application_revision,
            outcome=made.outcome,
            decided_on=str(made.decided_on),
            decided_by=made.decided_by,
            body=recorded.entry.body,
        )
    )
    connection.execute(
        update(application)
        .where(application.c.point == recorded.point, application.c.record_id == made.application)
        .where(application.c.revision == made.application_revision, application.c.state == "waiting")
        .values(
            state=STATES[made.outcome],
            outcome=made.outcome,
            policy_number=made.cover.policy_number if made.cover else "",
        )
    )
    _keep_policy(connection, recorded.point, made)


def _keep_policy(connection: Connection, point: str, made: Decision) -> None:
    if made.cover is None:
        return
    connection.execute(
        insert(policy).values(
            point=point,
            policy_number=made.cover.policy_number,
            application=made.application,
            decision=made.record_id,
            starts_on=str(made.cover.starts_on),
            ends_on=str(made.cover.ends_on),
            insured_fen=made.cover.insured_fen,
            premium_fen=made.cover.premium_fen,
        )
    )
