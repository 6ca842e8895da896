"""Secrets made at installation: one file each, readable by their owner only, never in a database."""

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import durable

SECRET_BYTES = 32


def random_bytes() -> bytes:
    """Return a new secret of 32 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def secret(folder: Path, name: str, make: Callable[[], bytes] = random_bytes) -> bytes:
    """Return the secret *name*, what *make* returned at the first call."""
    path = folder / f"{name}.key"
    if not path.exists():
        _create(path, make())
    return path.read_bytes()


def exists(folder: Path, name: str) -> bool:
    """Say whether there is a secret *name*."""
    return (folder / f"{name}.key").exists()


def copy(folder: Path, name: str, to: str) -> None:
    """Keep the secret *name* as *to* as well, in the place of any other."""
    draft = folder / f"{to}.{secrets.token_hex(4)}.tmp"
    os.link(folder / f"{name}.key", draft)
    draft.replace(folder / f"{to}.key")
    draft.unlink(missing_ok=True)  # where both were one file already, replacing does nothing
    durable.sync(folder)


def move(folder: Path, name: str, to: str) -> None:
    """Let the secret *name* be *to* from now on, at once and durably."""
    durable.put_in_place(folder / f"{name}.key", folder / f"{to}.key")


def _create(path: Path, value: bytes) -> None:
    # Written aside and linked into place: two starts at once agree, and a power cut leaves no half key.
    draft = path.with_suffix(f".{secrets.token_hex(4)}.tmp")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(value)
        durable.sync(draft)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    durable.sync(path.parent)
