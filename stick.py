"""Files on a stick (U盘): names without personal data, written so that pulling it out at any byte loses nothing."""

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from domain.errors import FieldError, NotFound, Unavailable
from durable import put_in_place

NAME = re.compile(r"TSHEG_([A-Z0-9]{2,6})_([0-9A-Za-z-]{1,40})_(\d{1,16})-(\d{1,16})(\.return)?\.age", re.ASCII)

QUESTION, PICTURES = "question", "pictures"


@dataclass(frozen=True, order=True)
class Name:
    """What a file's name says: which point, which run of its stream, and whether it comes back.

    In the place of a stream's epoch stand QUESTION (0-0) and PICTURES, whose numbers are those of one export's files.
    """

    point: str
    epoch: str
    first: int
    last: int
    back: bool = False

    def __str__(self) -> str:
        return f"TSHEG_{self.point}_{self.epoch}_{self.first}-{self.last}{'.return' if self.back else ''}.age"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what *text* says, or None when it is not one of our names."""
        match = NAME.fullmatch(text)
        if match is None:
            return None
        point, epoch, first, last, back = match.groups()
        return cls(point, epoch, int(first), int(last), back is not None)

    def checked(self) -> Self:
        """Return this name if it can be a file's; raise FieldError where a stream's own name would lead elsewhere."""
        if NAME.fullmatch(str(self)) is None:
            raise FieldError("stick.unreadable")
        return self


def find(path: Path, *, back: bool, point: str = "") -> list[Path]:
    """Return the file *path*, or the bundles in that folder in the order to take them, one direction only.

    Raises NotFound when there is none, Unavailable when the stick was pulled out.
    """
    if path.is_file():
        return [path]
    try:
        named = {file: Name.read(file.name) for file in path.iterdir() if file.is_file()}
    except OSError as error:
        raise Unavailable("stick.not_read") from error
    ours = {file: name for file, name in named.items() if name and name.back == back and point in ("", name.point)}
    if not ours:
        raise NotFound("stick.nothing")
    return sorted(ours, key=lambda file: ours[file])


def read(path: Path, most_bytes: int) -> bytes:
    """Return the bytes of a file, and no more than *most_bytes* and one; raise Unavailable where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except OSError as error:
        raise Unavailable("stick.not_read") from error


def write(folder: Path, name: Name, data: bytes) -> Path:
    """Write *data* durably under *name*, read it back from the medium and compare; only then return.

    A file of that name stays whole until the new one is. Raises Unavailable when it is full, gone or lies.
    """
    path = folder / str(name.checked())
    draft = path.with_name(f"{path.name}.tmp")
    try:
        draft.write_bytes(data)
        put_in_place(draft, path)
        if hashlib.sha256(_from_the_medium(path)).digest() != hashlib.sha256(data).digest():
            raise Unavailable("stick.not_verified")
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise Unavailable("stick.not_written") from error
    return path


def _from_the_medium(path: Path) -> bytes:
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # what the system remembers is not what the stick holds
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
