"""Plates made in a process of their own: what laying out needs of memory goes with it when the plate is made."""

import subprocess
import sys
from pathlib import Path

import msgspec

from printing.press.plate import Plate

ROOT = Path(__file__).parent.parent.parent
SECONDS = 20.0

encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(Plate).decode


def made_apart(html: str) -> Plate:
    """Return the plate of *html*. Raises CalledProcessError and TimeoutExpired where none can be made of it."""
    # Only our own module runs; nothing that anybody typed stands in the command, nor in the HTML of a plate.
    command = [sys.executable, "-m", "printing.press.making"]
    done = subprocess.run(  # noqa: S603
        command, input=html.encode(), stdout=subprocess.PIPE, cwd=ROOT, timeout=SECONDS, check=True
    )
    return decode(done.stdout)


def made_here(html: str) -> Plate:
    """Return the plate of *html*, made in this process."""
    from printing.press.platemaker import make

    return make(html)


if __name__ == "__main__":
    sys.stdout.buffer.write(encode(made_here(sys.stdin.buffer.read().decode())))
