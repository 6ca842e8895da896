"""Sticks that are kept sealed to be answered (留存U盘文件), and what they must not outlive."""

from hub.installation import Installation
from stick import Name


def forget(here: Installation, point: str) -> None:
    """Throw away what *point* brought on sticks: it holds what was erased, and what was not answered is sent again."""
    for file in here.settings.sticks.glob("*.age"):
        name = Name.read(file.name)
        if name and name.point == point:
            file.unlink(missing_ok=True)
