"""A decoder runs alone (单独进程): what strangers' bytes make of it takes nobody's counter down."""

import subprocess
import sys
import threading
from pathlib import Path

FOLDER = Path(__file__).parent
SECONDS = 30
# A decoder may take a gigabyte: never two of them on one machine of a counter.
_alone = threading.Lock()


def run(script: str, *arguments: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run *script* of this room with *data* on its standard input; raises TimeoutExpired after ``SECONDS``."""
    command = [sys.executable, "-I", str(FOLDER / script), *arguments]
    with _alone:
        # What runs is our own file; nothing that was sent stands in the command.
        return subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env={}, check=False)  # noqa: S603
