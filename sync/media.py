"""The sticks this machine sees (U盘): mounted, removable and writable, or the folder that was named for them."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
BLOCKS = Path("/sys/class/block")
ROOTS = (Path("/media"), Path("/run/media"), Path("/mnt"))


@dataclass(frozen=True)
class Medium:
    """A place to write to: what people call it, and its folder."""

    name: str
    folder: Path


def media(
    home: Path,
    named: Path | None = None,
    mounts: Path = MOUNTS,
    blocks: Path = BLOCKS,
    roots: tuple[Path, ...] = ROOTS,
) -> list[Medium]:
    """Return the sticks that can be written to now: *named*, unless it is on the disk of *home*, and what is mounted.

    Nothing but Linux is asked; elsewhere only the named folder counts.
    """
    folders = [named] if named and _is_apart(named, home) else []
    folders += [folder for folder in _mounted(mounts, blocks) if any(folder.is_relative_to(root) for root in roots)]
    return [Medium(folder.name, folder) for folder in dict.fromkeys(folders) if os.access(folder, os.W_OK)]


def _is_apart(folder: Path, home: Path) -> bool:
    # Where no stick is mounted its folder is still there, on the system's own disk.
    try:
        return folder.stat().st_dev != home.stat().st_dev
    except OSError:
        return False


def _mounted(mounts: Path, blocks: Path) -> Iterator[Path]:
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        before, _, after = line.partition(" - ")
        if len(before.split()) > 4 and len(after.split()) > 1 and _is_removable(blocks, after.split()[1]):
            yield Path(_plain(before.split()[4]))


def _is_removable(blocks: Path, device: str) -> bool:
    """A part of a disk stands below its disk; a hard disk in a USB box does not call itself removable."""
    block = (blocks / Path(device).name).resolve()
    flags = (block / "removable", block.parent / "removable")
    return "/usb" in str(block) or any(flag.is_file() and flag.read_text("ascii").strip() == "1" for flag in flags)


def _plain(text: str) -> str:
    return re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), text)
