"""By stick and by courier (U盘): out goes what the hub has not signed for, back come its answers.

The messages are those of the exchange. A stick answers days later, or never, or twice: so every nonce that
left is remembered, and an answer is taken when it is to one of them.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from sqlite_utils import Database

import stick
from domain.errors import Refused
from store import bundle_files, installation
from sync import orders
from sync.lock import only_one
from sync.once import LOCK
from sync.stick_back import Came, Return
from sync.stick_out import Export, Written
from wire.bundle import MOST_BYTES

WAIT_SECONDS = 60
File = tuple[str, Callable[[], bytes]]


def export(db: Database, keys: Path, folder: Path, way: str = bundle_files.STICK) -> list[Written]:
    """Write everything the hub has not signed for into *folder*, or, with nothing waiting, a question for news.

    Only with *way* ``stick`` is it called "on the stick" afterwards.
    Raises NotFound before enrolment, Refused while the hub's recipient is unknown, Unavailable where a bundle
    could not be written or does not read back; what was written before it is whole.
    """
    here = installation.get(db)
    if not here.hub_seal:
        raise Refused("stick.hub_seal_missing")
    with only_one(keys / LOCK, WAIT_SECONDS):
        orders.carry_out(db, keys)
        out = Export(db, keys, here, folder, way)
        return out.records() + out.pictures() or [out.question()]


def take(db: Database, keys: Path, path: Path) -> list[Came]:
    """Take the answers in the file *path*, or in every bundle of that folder that came back for us.

    Raises NotFound where there is none. What is wrong with one file keeps nothing of the others back,
    and taking one again changes nothing.
    """
    found = stick.find(path, back=True, point=installation.get(db).stamp.code)
    return take_files(db, keys, [(file.name, partial(stick.read, file, MOST_BYTES)) for file in found])


def take_files(db: Database, keys: Path, files: Iterable[File]) -> list[Came]:
    """Take the answers in *files*, each a name and what reads it; the same, however they came here."""
    back = Return(db, keys, installation.get(db))
    with only_one(keys / LOCK, WAIT_SECONDS):
        return [back.take(name, read) for name, read in files]
