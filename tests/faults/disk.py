"""A disk that keeps only what was synced (会丢数据的磁盘). When the power fails, the rest is gone, or torn.

The hardest reading of POSIX: fsync of a file keeps its content, not its name; names are kept by fsync of
their folder. Torn: a random beginning of the other changes of names took place, and of the other writes
any sectors of 512 bytes.
"""

import errno
import stat
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath
from random import Random

SECTOR = 512
FOLDER = stat.S_IFDIR | 0o755
Names = dict[str, int]
Write = tuple[int, bytes | None]


class PowerCut(OSError):
    """What every operation meets once the power has failed."""

    def __init__(self) -> None:
        super().__init__(errno.EIO, "power cut")


class Trouble(OSError):
    """What one operation meets when the disk is full or faulty for a moment."""


@dataclass
class File:
    """A file or folder: what is seen of it, what is kept, and the writes between the two; None cuts it off."""

    mode: int
    data: bytearray = field(default_factory=bytearray)
    kept: bytearray = field(default_factory=bytearray)
    unsynced: list[Write] = field(default_factory=list)

    def apply(self, at: int, data: bytes | None) -> None:
        """Write *data*, or cut the file off at *at*."""
        _apply(self.data, at, data)
        self.unsynced.append((at, data))

    def sync(self) -> None:
        """Keep everything."""
        for write in self.unsynced:
            _apply(self.kept, *write)
        self.unsynced.clear()

    def forget(self) -> None:
        """Fail to keep what was not synced, and not try again: so does Linux after a failed fsync."""
        self.unsynced.clear()

    def torn(self, chance: Random) -> bytes:
        """Return what is kept, with some sectors of what was not synced."""
        left = bytearray(self.kept)
        for at, data in self.unsynced:
            for start, piece in _sectors(at, data):
                if chance.random() < 0.5:
                    _apply(left, start, piece)
        return bytes(left)


@dataclass
class Disk:
    """Files by name, names by path. The power fails at the operation number *lasts* that changes anything.

    Before that, each such operation is in *trouble* by this probability.
    """

    chance: Random
    lasts: int
    trouble: float = 0
    names: Names = field(default_factory=lambda: {"/": 0})
    kept: Names = field(default_factory=lambda: {"/": 0})
    files: list[File] = field(default_factory=lambda: [File(FOLDER)])
    renamed: list[dict[str, int | None]] = field(default_factory=list)

    def change(self) -> None:
        """Count one operation; raise PowerCut when it is one too many, Trouble where it is in trouble."""
        self.lasts = max(0, self.lasts - 1)
        if not self.lasts:
            raise PowerCut
        if self.chance.random() < self.trouble:
            raise Trouble(self.chance.choice((errno.EIO, errno.ENOSPC)), "trouble")

    def at(self, path: str) -> int:
        """Return the number of the file at *path*; raise OSError."""
        if path not in self.names:
            raise OSError(errno.ENOENT, path)
        return self.names[path]

    def make(self, path: str, mode: int) -> int:
        """Make a new file or folder and return its number."""
        self.files.append(File(mode))
        self.name({path: len(self.files) - 1})
        return len(self.files) - 1

    def name(self, change: dict[str, int | None]) -> None:
        """Give names to files, or take them away, all at once."""
        self.renamed.append(change)
        _rename(self.names, change)

    def sync_folder(self, folder: str) -> None:
        """Keep the names in *folder*."""
        ours = [change for change in self.renamed if any(parent(path) == folder for path in change)]
        for change in ours:
            _rename(self.kept, change)
        self.renamed = [change for change in self.renamed if change not in ours]

    def survivors(self, torn: bool) -> dict[str, tuple[int, bytes]]:
        """Return path → (mode, content) of what is there after the power failed."""
        names = dict(self.kept)
        for change in self.renamed[: self.chance.randint(0, len(self.renamed)) if torn else 0]:
            _rename(names, change)
        there = {path: self.files[number] for path, number in sorted(names.items()) if _is_reachable(path, names)}
        return {path: (file.mode, file.torn(self.chance) if torn else bytes(file.kept)) for path, file in there.items()}

    def load(self, folder: Path) -> None:
        """Fill the empty disk with what is in *folder*, all of it kept."""
        for path in sorted(folder.rglob("*")):
            number = self.make(f"/{path.relative_to(folder)}", path.stat().st_mode)
            if path.is_file():
                self.files[number].data, self.files[number].kept = (bytearray(path.read_bytes()) for _ in range(2))
        self.kept, self.renamed = dict(self.names), []


def save(there: dict[str, tuple[int, bytes]], folder: Path) -> None:
    """Write what survived into the empty *folder*."""
    for path, (mode, data) in there.items():
        place = folder / path.removeprefix("/")
        if stat.S_ISDIR(mode):
            place.mkdir(exist_ok=True)
        else:
            place.write_bytes(data)
        place.chmod(stat.S_IMODE(mode))


def _sectors(at: int, data: bytes | None) -> list[Write]:
    if data is None:
        return [(at, None)]
    edges = [at, *range((at // SECTOR + 1) * SECTOR, at + len(data), SECTOR), at + len(data)]
    return [(start, data[start - at : end - at]) for start, end in pairwise(edges)]


def _apply(content: bytearray, at: int, data: bytes | None) -> None:
    content.extend(bytes(max(0, at - len(content))))
    content[at : None if data is None else at + len(data)] = data or b""


def _rename(names: Names, change: dict[str, int | None]) -> None:
    for path, number in change.items():
        if number is None:
            names.pop(path, None)
        else:
            names[path] = number


def parent(path: str) -> str:
    """Return the folder that *path* is in."""
    return str(PurePosixPath(path).parent)


def _is_reachable(path: str, names: Names) -> bool:
    return all(str(folder) in names for folder in PurePosixPath(path).parents)
