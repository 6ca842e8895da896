"""One application as it is shown outside: the record itself and where it stands."""

from msgspec.structs import replace
from sqlite_utils import Database

from domain.application import Application, State
from domain.words import Outcome
from store import applications


def shown(db: Database, reference: str) -> Application:
    """Return the newest revision with its state; raise NotFound."""
    line = applications.summary(db, reference)
    state = State(
        revision=line.revision,
        sync=line.sync,
        outcome=Outcome(line.outcome) if line.outcome else None,
        policy_number=line.policy_number,
    )
    return replace(applications.read(db, line.record_id), state=state)
