"""Files that are there after a power cut: the bytes first, then the name."""

import os
from pathlib import Path


def put_in_place(draft: Path, target: Path) -> None:
    """Give the finished file *draft* the name *target*; a power cut leaves the old file or the new, never half."""
    sync(draft)
    draft.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
