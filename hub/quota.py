"""How much one point may send over the line (限额), counted once it has proved who it is.

So a mad point is slowed and nobody is slowed for it, not even who shares its address.
"""

from datetime import UTC, datetime, timedelta

from hub.installation import Installation
from hub.rate import Rate
from hub.store import quota
from hub.store.engine import read
from wire.message import Message

HOUR = timedelta(hours=1)


class Meter:
    """Requests are counted in this process, entries by the journal itself, which all workers share."""

    def __init__(self, rate: Rate | None = None) -> None:
        self._rate = rate or Rate()

    def wait(self, here: Installation, message: Message) -> int:
        """Count *message*, which is proved, and return 0, or the seconds until its point may come again."""
        point = message.header.sender
        if seconds := self._rate.wait(point, here.settings.point_requests_per_minute):
            return seconds
        self._rate.count(point)
        return _full_for(here, point) if message.entries else 0


def _full_for(here: Installation, point: str) -> int:
    with read(here.engine) as connection:
        since = quota.recorded_before(connection, point, here.settings.point_entries_per_hour)
    if since is None:
        return 0
    free = datetime.fromisoformat(since) + HOUR - datetime.now(UTC)
    # A clock that stood ahead when that was recorded must not stop the point until it is caught up with.
    return int(free.total_seconds()) + 1 if timedelta() < free <= HOUR else 0
