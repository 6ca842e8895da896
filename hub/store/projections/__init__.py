"""What people search, derived from the journal: one module per kind, each with ``project`` and its ``TABLES``."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete

from hub.store.projections import application, attachment, carried_out, command, decision, lead, print
from hub.store.recorded import Recorded

KINDS = {
    "application": application,
    "attachment": attachment,
    "decision": decision,
    "lead": lead,
    "print": print,
    "command": command,
    "carried_out": carried_out,
}
OURS = frozenset({"decision", "command"})


def project(connection: Connection, recorded: Sequence[Recorded]) -> None:
    """Update the tables that follow from new entries of one point, no record among them twice.

    Kinds nobody searches stay in the journal, and so does what a point calls a decision of ours; of an erased
    entry nothing follows.
    """
    current = [one for one in recorded if not one.entry.erased]
    for name, kind in KINDS.items():
        if chosen := [one for one in current if one.entry.kind == name and one.is_ours == (name in OURS)]:
            kind.project(connection, chosen)


def clear(connection: Connection) -> None:
    """Empty every projection, so that they can be made again."""
    for kind in KINDS.values():
        for table in kind.TABLES:
            connection.execute(delete(table))
