"""The insurer's decisions; the newest on the current revision stands on the application."""

import msgspec
from sqlite_utils import Database

from domain.decision import Decision
from wire.entry import Entry

_INSERT = """
INSERT OR REPLACE INTO decision (record_id, application, application_revision, outcome, decided_on, journal, seen)
VALUES (:record_id, :application, :application_revision, :outcome, :decided_on, :journal,
    EXISTS (SELECT 1 FROM decision_seen WHERE decision = :record_id))
"""
# A copy that came in damaged takes back no answer that was given to the record itself.
_STANDS = "NOT (coalesce(outcome, '') IN ('accepted', 'declined') AND ? = 'quarantined')"
_decoder = msgspec.json.Decoder(Decision)


def project(db: Database, journal_id: int, entry: Entry) -> None:
    """Keep the decision and show its outcome on the application it is about."""
    decision = _decoder.decode(entry.body)
    db.execute(
        _INSERT,
        {
            "record_id": entry.record_id,
            "application": decision.application,
            "application_revision": decision.application_revision,
            "outcome": decision.outcome,
            "decided_on": str(decision.decided_on),
            "journal": journal_id,
        },
    )
    db.execute(
        "UPDATE application SET outcome = ?, policy_number = ? WHERE record_id = ? AND revision = ?"
        f" AND {_STANDS}",
        [decision.outcome, decision.cover.policy_number if decision.cover else "", decision.application,
         decision.application_revision, decision.outcome],
    )  # fmt: skip


def remove(db: Database, application: str) -> None:
    """Forget the decisions on one application."""
    db.execute("DELETE FROM decision WHERE application = ?", [application])


def clear(db: Database) -> None:
    """Forget all decisions."""
    db.execute("DELETE FROM decision")
