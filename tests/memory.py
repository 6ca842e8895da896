"""What tests write lies in memory where there is room for it: a disk adds nothing but waiting to most of them."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - folders of our own in it
ROOM = 4 << 30
DISK = "TSHEG_TEST_DISK"


def prefer() -> None:
    """Let every temporary folder of this process and of those it starts be made there."""
    os.environ.setdefault(DISK, tempfile.gettempdir())
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def on_disk() -> tempfile.TemporaryDirectory[str]:
    """Make a folder where others make theirs, for a test that needs a real disk."""
    return tempfile.TemporaryDirectory(prefix="tsheg-test-", dir=os.environ[DISK])
