"""What leaves on a stick (带出): bundles of records, of pictures, or a question for news, each sealed for the hub."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace
from sqlite_utils import Database

import stick
from stick import PICTURES, QUESTION, Name
from store import attachments, bundle_files, bundles, deliveries, tail
from store import exchange as marks
from store.connection import write
from store.deliveries import Waiting
from store.installation import Installation
from sync import signed
from sync.once import sealing_key
from sync.rotation import Rotation
from wire.bundle import seal_bundle
from wire.entry import Entry
from wire.header import Holds, Piece

MESSAGE_BYTES = 256 << 10
MOST_ENTRIES = 500
MESSAGES_A_FILE = 64


@dataclass(frozen=True)
class Written:
    """A bundle that was written, and read back from where it is: its file, its bytes, how many entries and pictures."""

    path: Path
    entries: int
    bytes: int
    pictures: int = 0


@dataclass(frozen=True)
class Export:
    """What goes into *folder*, by which *way*, signed with the keys of *keys*."""

    db: Database
    keys: Path
    here: Installation
    folder: Path
    way: str

    def records(self) -> list[Written]:
        """Write every entry that the hub has not signed for."""
        return [self._write(batches) for batches in list(_files(self.db))]

    def question(self) -> Written:
        """Write what only asks for news."""
        return self._write([[]])

    def pictures(self) -> list[Written]:
        """Write what the hub lacks of pictures. Their entries it reads first: they are on this stick or were taken."""
        files = deliveries.unfinished(self.db)
        starts = range(0, len(files), MESSAGES_A_FILE)
        return [self._write_pictures(start, files[start : start + MESSAGES_A_FILE]) for start in starts]

    def _write(self, batches: list[list[Entry]]) -> Written:
        asks, point = marks.asks_first(self.db), self.here.stamp.code
        messages = [self._message(batch, asks=asks and batch is batches[-1]) for batch in batches]
        last = batches[-1][-1] if batches[-1] else None
        name = Name(point, last.epoch, batches[0][0].seq, last.seq) if last else Name(point, QUESTION, 0, 0)
        return self._put(name, messages, last, entries=sum(map(len, batches)))

    def _write_pictures(self, start: int, files: list[Waiting]) -> Written:
        name = Name(self.here.stamp.code, PICTURES, start + 1, start + len(files))
        return self._put(name, [self._rest(file) for file in files], pictures=len(files))

    def _rest(self, file: Waiting) -> bytes:
        start = file.held if file.sure else 0
        with write(self.db):
            deliveries.leaves(self.db, file.sha256)
        piece = Piece(digest=file.sha256, size=file.size, offset=start)
        return self._message([], piece=piece, data=attachments.data(self.db, file.sha256)[start:])

    def _put(
        self, name: Name, messages: list[bytes], last: Entry | None = None, entries: int = 0, pictures: int = 0
    ) -> Written:
        sealed = seal_bundle(messages, self.here.hub_seal)
        path = stick.write(self.folder, name, sealed)
        with write(self.db):
            bundles.prune(self.db)
            bundle_files.made(self.db, path.name, self.way, last, entries, len(sealed))
            if last and self.way == bundle_files.STICK:
                bundles.carry(self.db, last)
        return Written(path, entries, len(sealed), pictures)

    def _message(
        self, batch: Sequence[Entry], asks: bool = False, piece: Piece | None = None, data: bytes = b""
    ) -> bytes:
        nonce, ours = signed.new_nonce(), Rotation.of(self.keys)
        with write(self.db):
            bundles.remember(self.db, nonce, batch, asks)
        return signed.message(
            self.db,
            self.here,
            ours.signing,
            nonce,
            entries=batch,
            seal_to=sealing_key(self.keys).recipient,
            next_key=ours.announcement(self.here.stamp.code, self.here.hub),
            holds=_holds(self.db, asks) if asks or ours.next else None,
            piece=piece,
            data=data,
        )


def _files(db: Database) -> Iterator[list[list[Entry]]]:
    for producer, epoch, after in bundles.streams(db):
        while batches := _batches(db, producer, epoch, after):
            yield batches
            after = batches[-1][-1].seq


def _batches(db: Database, producer: str, epoch: str, after: int) -> list[list[Entry]]:
    batches: list[list[Entry]] = []
    while len(batches) < MESSAGES_A_FILE:
        batch = marks.run(db, producer, epoch, after, MESSAGE_BYTES, MOST_ENTRIES)
        if not batch:
            break
        batches.append(batch)
        after = batch[-1].seq
    return batches


def _holds(db: Database, asks: bool) -> Holds:
    # Nothing of what the hub signed for: whether it was set back is asked over the line, where the answer is fresh.
    return Holds(streams=tuple(replace(head, acked=0) for head in tail.holdings(db)), tail=asks)
