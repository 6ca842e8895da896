"""Copies of the whole database: read by their owner only, and the digest beside each."""

import hashlib
import os
import shutil
from pathlib import Path

import durable


def create_private(path: Path) -> None:
    """Make *path* an empty file that only its owner reads, whatever it held before."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    path.chmod(0o600)


def copy_private(source: Path, target: Path) -> None:
    """Copy *source* to *target*, readable by its owner only, down to the disk."""
    create_private(target)
    shutil.copyfile(source, target)
    durable.sync(target)


def seal(path: Path) -> Path:
    """Return where the digest of *path* is kept, in the form that ``sha256sum --check`` reads."""
    return path.with_name(f"{path.name}.sha256")


def digest_line(path: Path, name: str) -> str:
    """Return the line of *path*'s seal, calling it *name*."""
    with path.open("rb") as file:
        return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n"
