"""The plates of one test run, in a folder that its processes share: what one has laid out, no other lays out again."""

import os
import shutil
import tempfile
from pathlib import Path

from printing.press.platestore import Plates

FOLDER = "TSHEG_TEST_PLATES"


def reserve() -> None:
    """Make the folder; processes that this one starts find it."""
    os.environ.setdefault(FOLDER, tempfile.mkdtemp(prefix="tsheg-plates-"))


def remove() -> None:
    """Remove it with the process that made it."""
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def folder() -> Path:
    """Return the folder."""
    return Path(os.environ[FOLDER])


def shared() -> Plates:
    """Return plates that are kept there."""
    return Plates(folder()) if FOLDER in os.environ else Plates()
