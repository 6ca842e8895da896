"""The insurer's decisions; the newest on the current revision stands on the application."""

import msgspec
from sqlite_utils import Database

from domain.decision import Decision
from wire.entry import Entry

_decoder = msgspec.json.Decoder(Decision)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Keep the decision and show its outcome on the application it is about."""
    decision = _decoder.decode(entry.body)
    db.execute(
        "INSERT OR REPLACE INTO decision (record_id, application, application_revision, outcome, decided_on, journal)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [entry.record_id, decision.application, decision.application_revision, decision.outcome,
         str(decision.decided_on), journal_id],
    )  # fmt: skip
    db.execute(
        "UPDATE application SET outcome = ?, policy_number = ? WHERE record_id = ? AND revision = ?",
        [decision.outcome, decision.cover.policy_number if decision.cover else "", decision.application,
         decision.application_revision],
    )  # fmt: skip


def clear(db: Database) -> None:
    """Forget all decisions."""
    db.execute("DELETE FROM decision")
