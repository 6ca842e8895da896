"""What people search, derived from the journal: one module per kind, each with ``project`` and its ``TABLES``."""

from sqlalchemy import Connection, delete

from hub.store.projections import application, decision, lead
from hub.store.recorded import Recorded

KINDS = {"application": application, "decision": decision, "lead": lead}


def project(connection: Connection, recorded: Recorded) -> None:
    """Update the tables that follow from one new entry; kinds nobody searches stay in the journal."""
    kind = KINDS.get(recorded.entry.kind)
    if kind is not None:
        kind.project(connection, recorded)


def clear(connection: Connection) -> None:
    """Empty every projection, so that they can be made again."""
    for kind in KINDS.values():
        for table in kind.TABLES:
            connection.execute(delete(table))
