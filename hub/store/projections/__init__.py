"""What people search, derived from the journal: one module per kind, each with ``project`` and its ``TABLES``."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete

from hub.store.projections import application, attachment, decision, lead
from hub.store.recorded import Recorded

KINDS = {"application": application, "attachment": attachment, "decision": decision, "lead": lead}


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """Update the tables that follow from new entries of one point, no record among them twice.

    Kinds nobody searches stay in the journal.
    """
    for name, kind in KINDS.items():
        if chosen := [one for one in recorded if one.entry.kind == name]:
            kind.project(connection, chosen)


def clear(connection: Connection) -> None:
    """Empty every projection, so that they can be made again."""
    for kind in KINDS.values():
        for table in kind.TABLES:
            connection.execute(delete(table))
