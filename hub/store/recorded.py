"""An entry as the hub keeps it: with the point it belongs to and the moment it was recorded."""

from dataclasses import dataclass

from wire.entry import Entry


@dataclass(frozen=True)
class Recorded:
    """An entry as the hub holds it: whose it is, its place among all of that point, and when it was committed (UTC)."""

    point: str
    position: int
    recorded_at: str
    entry: Entry

    @property
    def is_ours(self) -> bool:
        """Whether the hub wrote it, and not the point."""
        return self.entry.producer != self.point
