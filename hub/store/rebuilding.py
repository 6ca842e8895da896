"""Making again from the journal what people search (重建), after any doubt about it."""

from sqlalchemy import Connection

from hub.store import backlog, journal, projections
from hub.store.recorded import Recorded


def rebuild(connection: Connection) -> int:
    """Throw the projections away and make them again from the journal; return how many entries were read.

    What waits to be judged is left to wait: it is shown when it was judged.
    """
    projections.clear(connection)
    waiting = backlog.every(connection)
    count, told = 0, _Told()
    for one in journal.everything(connection):
        count += 1
        if told.first_time(one) if one.is_ours else not _waits(one, waiting):
            projections.project(connection, [one])
    return count


def _waits(one: Recorded, waiting: dict[str, int]) -> bool:
    return one.entry.kind == journal.APPLICATION and one.position >= waiting.get(one.point, journal.NO_END)


class _Told:
    """What the hub has said to one point after the other: after it was set back it repeats itself."""

    def __init__(self) -> None:
        self._point = ""
        self._revisions: set[tuple[str, int]] = set()

    def first_time(self, one: Recorded) -> bool:
        """Remember this revision; say whether it is new."""
        if one.point != self._point:
            self._point, self._revisions = one.point, set()
        before = len(self._revisions)
        self._revisions.add((one.entry.record_id, one.entry.revision))
        return len(self._revisions) > before
