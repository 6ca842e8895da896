"""Plates made in a process of their own: what laying out needs of memory goes with it when the plate is made."""

import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from printing.press.plate import Plate

ROOT = Path(__file__).parent.parent.parent
SECONDS = 20.0
PR_SET_PDEATHSIG = 1

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Plate).decode


def made_apart(html: str) -> Plate:
    """Return the plate of *html*. Raises CalledProcessError and TimeoutExpired where none can be made of it."""
    # Only our own module runs; nothing that anybody typed stands in the command, nor in the HTML of a plate.
    command = [sys.executable, "-m", "printing.press.making", str(os.getpid())]
    done = subprocess.run(  # noqa: S603
        command, input=html.encode(), stdout=subprocess.PIPE, cwd=ROOT, timeout=SECONDS, check=True
    )
    return decode(done.stdout)


def made_here(html: str) -> Plate:
    """Return the plate of *html*, made in this process."""
    from printing.press.platemaker import make

    return make(html)


def main(parent: int) -> None:
    """Make the plate of the HTML on the standard input for *parent*."""
    _end_with(parent)
    sys.stdout.buffer.write(encode(made_here(sys.stdin.buffer.read().decode())))


def _end_with(parent: int) -> None:
    # Whatever ends *parent*, the kernel ends this process too: nobody else knows of it and of a layout that hangs.
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
