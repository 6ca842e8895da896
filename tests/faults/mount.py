"""The losing disk as a mounted file system (FUSE), and what happens on it until the power fails."""

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from mfusepy import FUSE, Operations

from tests.faults.disk import Disk, PowerCut, Trouble, parent, save
from tests.killing import Victim, start

Tell = Callable[[object], None]
DEVICE = Path("/dev/fuse")
FEWEST, MOST = 1, 500
SYS_ADMIN = 21


class Lossy(Operations):
    """FUSE's operations on a ``Disk``. A file's handle is its number."""

    use_ns = True

    def __init__(self, disk: Disk, tell: Tell) -> None:
        self.disk, self.tell = disk, tell

    def init(self, _path: str) -> None:
        self.tell("ready")

    def _change(self) -> None:
        was_on = self.disk.lasts > 0
        try:
            self.disk.change()
        except PowerCut:
            if was_on:
                self.tell("cut")
            raise

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        file = self.disk.files[fh or self.disk.at(path)]
        links = 2 if stat.S_ISDIR(file.mode) else 1
        owner = {"st_uid": os.getuid(), "st_gid": os.getgid()}
        return {"st_mode": file.mode, "st_size": len(file.data), "st_nlink": links} | owner

    def readdir(self, path: str, fh: int) -> list[str]:
        inside = [name for name in self.disk.names if name != "/" and parent(name) == path]
        return [".", "..", *(name.rsplit("/", 1)[1] for name in inside)]

    def open(self, path: str, flags: int) -> int:
        return self.disk.at(path)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self.disk.files[fh].data[offset : offset + size])

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        self._change()
        return self.disk.make(path, stat.S_IFREG | mode)

    def mkdir(self, path: str, mode: int) -> int:
        self._change()
        self.disk.make(path, stat.S_IFDIR | mode)
        return 0

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._change()
        self.disk.files[fh].apply(offset, data)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        self._change()
        self.disk.files[fh or self.disk.at(path)].apply(length, None)
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        try:
            self._change()
        except Trouble:
            self.disk.files[fh].forget()
            raise
        self.disk.files[fh].sync()
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._change()
        self.disk.sync_folder(path)
        return 0

    def rename(self, old: str, new: str) -> int:
        self._change()
        self.disk.name({old: None, new: self.disk.at(old)})
        return 0

    def link(self, target: str, source: str) -> int:
        self._change()
        self.disk.name({target: self.disk.at(source)})
        return 0

    def unlink(self, path: str) -> int:
        self._change()
        self.disk.name({path: None})
        return 0

    def chmod(self, path: str, mode: int) -> int:
        self.disk.files[self.disk.at(path)].mode = mode
        return 0


def why_not() -> str:
    """Say why no file system can be mounted here, or nothing."""
    if not os.access(DEVICE, os.R_OK | os.W_OK):
        return f"there is no {DEVICE} on this machine"
    if os.geteuid() == 0 and not _capabilities() >> SYS_ADMIN & 1:
        return "not even root may mount a file system here (no CAP_SYS_ADMIN)"
    return ""


def _capabilities() -> int:
    found = re.search(r"^CapEff:\s*(\w+)$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(found[1], 16) if found else 0


def hold(tell: Tell, before: Path, after: Path, at: Path, seed: int, lasts: int, torn: bool, trouble: float) -> None:
    """Mount a disk with what is in *before* at the folder *at*; once unmounted, leave in *after* what survived."""
    disk = Disk(Random(seed), lasts, trouble)
    disk.load(before)
    FUSE(Lossy(disk, tell), str(at), foreground=True, nothreads=True, hard_remove=True)
    save(disk.survivors(torn), after)


def power_cut(work: Callable[..., None], disk: Path, chance: Random, *given: object, trouble: float = 0) -> list[Any]:
    """Let *work* go on in the folder *disk* until the power fails; return what it told. *disk* is as it then is."""
    at, after = disk.with_name("mounted"), disk.with_name("after")
    at.mkdir(exist_ok=True)
    after.mkdir()
    with _mounted(disk, after, at, chance, trouble) as holder:
        working = start(work, at, *given)
        said = holder.listen()
        told = working.kill()
    assert said == "cut", "the work ended before the power failed"
    shutil.rmtree(disk)
    after.rename(disk)
    return told


@contextmanager
def _mounted(disk: Path, after: Path, at: Path, chance: Random, trouble: float) -> Iterator[Victim]:
    seed, lasts, torn = chance.getrandbits(32), chance.randint(FEWEST, MOST), chance.random() < 0.5
    holder = start(hold, disk, after, at, seed, lasts, torn, trouble)
    assert holder.listen() == "ready", "the file system could not be mounted"
    try:
        yield holder
    finally:
        subprocess.run(["fusermount3", "-u", "-z", at], check=True)
        holder.process.join()
        holder.pipe.close()
