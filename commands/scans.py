"""Scanned papers as files (扫描件): what was read of them, and which of them gave nothing."""

from pathlib import Path

import click

from domain.errors import FieldError
from i18n import in_both
from imprint.papers import Papers
from pictures import reading
from slip.errors import Unreadable
from views.restoring import look


class Scans:
    """What the files gave: the papers, the names of the files by tag or reference, and the files that gave nothing."""

    def __init__(self) -> None:
        self.papers = Papers()
        self.names: dict[str, list[str]] = {}
        self.read: set[Path] = set()
        self.unread: set[Path] = set()

    def pages(self, file: Path) -> int:
        """Return how many pages *file* has, none where it is no picture and no PDF."""
        try:
            return reading.pages(file.read_bytes())
        except FieldError as error:
            self.refuse(file, error)
            return 0

    def take(self, file: Path, page: int) -> None:
        """Take what stands on one page."""
        try:
            seen = look(self.papers, file.read_bytes(), page)
        except FieldError as error:
            self.refuse(file, error)
            return
        for found in dict.fromkeys([*(part.tag for part in seen.parts), *seen.references]):
            self.names.setdefault(found, []).append(file.name)
            self.read.add(file)

    def refuse(self, file: Path, error: FieldError | Unreadable) -> None:
        """Say, once, why *file* gave nothing."""
        if file not in self.unread:
            click.echo(f"{file.name}  {in_both(error)}", err=True)
        self.unread.add(file)

    @property
    def references(self) -> list[str]:
        """The references that were read."""
        tags = {paper.tag for paper in self.papers}
        return [found for found in self.names if found not in tags]
