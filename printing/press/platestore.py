"""Where plates are kept (版库): in memory, and in a folder for the next start; made only when they are nowhere."""

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

from printing.fonts import FONTS
from printing.press.making import decode, encode, made_here
from printing.press.plate import Plate
from printing.press.style import style

IN_MEMORY = 40
ON_DISK = 400  # of about 100 kB


class Plates:
    """Plates by the HTML they were laid out from, kept in *folder* if there is one; *make* makes what is nowhere."""

    def __init__(self, folder: Path | None = None, make: Callable[[str], Plate] = made_here) -> None:
        self.folder, self.make = folder, make
        self.here: OrderedDict[str, Plate] = OrderedDict()

    def of(self, html: str) -> Plate:
        """Return the plate of *html*."""
        key = hashlib.sha256(f"{_made_with()}{html}".encode()).hexdigest()
        plate = self.here.pop(key, None) or self._kept(key) or self._made(key, html)
        self.here[key] = plate
        while len(self.here) > IN_MEMORY:
            self.here.popitem(last=False)
        return plate

    def _kept(self, key: str) -> Plate | None:
        if self.folder is None:
            return None
        try:
            data = (self.folder / key).read_bytes()
            os.utime(self.folder / key)
            return decode(data)
        except (OSError, msgspec.MsgspecError):
            return None

    def _made(self, key: str, html: str) -> Plate:
        plate = self.make(html)
        if self.folder is not None:
            self._keep(self.folder, key, plate)
        return plate

    def _keep(self, folder: Path, key: str, plate: Plate) -> None:
        """Keep *plate* if the disk allows; a paper does not wait for that."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            waiting = folder / f"{key}.{os.getpid()}"
            waiting.write_bytes(encode(plate))
            waiting.replace(folder / key)
            oldest = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)[ON_DISK:]
            for file in oldest:
                file.unlink(missing_ok=True)
        except OSError:
            return


@cache
def _made_with() -> str:
    """Return what a plate depends on besides its HTML: the style, the fonts, and this room."""
    room = b"".join(module.read_bytes() for module in sorted(Path(__file__).parent.glob("*.py")))
    return f"{hashlib.sha256(room).hexdigest()}{style()}{(FONTS / 'SHA256SUMS').read_text('ascii')}"
