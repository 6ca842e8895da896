"""Files that are there after a power cut: the bytes first, then the name."""

import hashlib
import os
import shutil
from pathlib import Path


def create_private(path: Path) -> None:
    """Make *path* an empty file that only its owner reads, whatever it held before."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    path.chmod(0o600)


def copy_private(source: Path, target: Path) -> None:
    """Copy *source* to *target*, readable by its owner only, down to the disk."""
    create_private(target)
    shutil.copyfile(source, target)
    sync(target)


def seal(path: Path) -> Path:
    """Return where the digest of *path* is kept, in the form that ``sha256sum --check`` reads."""
    return path.with_name(f"{path.name}.sha256")


def digest_line(path: Path, name: str) -> str:
    """Return the line of *path*'s seal, calling it *name*."""
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n"


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
