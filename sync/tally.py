"""What an exchange has done so far (清点), for its report and for whoever watches it."""

from collections.abc import Callable
from dataclasses import dataclass

from sync.answer import Taken

Progress = Callable[[int, int], None]


@dataclass
class Tally:
    """What an exchange has done, in entries and pictures, of *total* entries; *progress* is told (confirmed, total)."""

    total: int
    progress: Progress
    confirmed: int = 0
    received: int = 0
    files: int = 0
    problem: str = ""

    def add(self, taken: Taken) -> None:
        """Count what one answer brought."""
        self.confirmed += taken.confirmed
        self.received += taken.received
        self.files += taken.files
        self.problem = taken.problem or self.problem
        self.progress(self.confirmed, self.total)
