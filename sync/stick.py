"""By stick and by courier (U盘): out goes what the hub has not signed for, back come its answers.

The messages are those of the exchange. A stick answers days later, or never, or twice: so every nonce that
left is remembered, and an answer is taken when it is to one of them.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from msgspec.structs import replace as replaced
from sqlite_utils import Database

import stick
from domain.errors import FieldError, Problem, Refused, TshegError
from stick import Name
from store import attachments, bundle_files, bundles, deliveries, inbox, installation, tail
from store import exchange as marks
from store.bundles import Bundled
from store.connection import write
from store.deliveries import Waiting
from store.installation import Installation
from sync import orders
from sync.answer import Taken, believe
from sync.exchange import NONCE_BYTES
from sync.lock import only_one
from sync.once import sealing_key
from sync.rotation import Rotation
from wire.bundle import MOST_BYTES, open_bundle, seal_bundle
from wire.entry import Entry
from wire.errors import BadSignature, Foreign, MessageError
from wire.header import Holds, Piece, ProblemCode
from wire.message import Message, open_message, pack, signed_head

MESSAGE_BYTES = 256 << 10
MOST_ENTRIES = 500
MESSAGES_A_FILE = 64
WAIT_SECONDS = 60
QUESTION = "question"
PICTURES = "pictures"
UNREAD = {Foreign: "stick.other_key", BadSignature: "sync.not_the_hub"}
File = tuple[str, Callable[[], bytes]]


@dataclass(frozen=True)
class Written:
    """A bundle that was written, and read back from where it is: its file, its bytes, how many entries and pictures."""

    path: Path
    entries: int
    bytes: int
    pictures: int = 0


@dataclass(frozen=True)
class Came:
    """What came of one file that came back, in entries, and the code of what was wrong with it, or empty."""

    file: str
    confirmed: int
    received: int
    problem: str

    @property
    def trouble(self) -> Problem | None:
        """What was wrong, ready to be said, or None."""
        return Problem("", self.problem) if self.problem else None


def export(db: Database, keys: Path, folder: Path, way: str = bundle_files.STICK) -> list[Written]:
    """Write everything the hub has not signed for into *folder*, or, with nothing waiting, a question for news.

    Only with *way* ``stick`` is it called "on the stick" afterwards.
    Raises NotFound before enrolment, Refused while the hub's recipient is unknown, Unavailable where a bundle
    could not be written or does not read back; what was written before it is whole.
    """
    here = installation.get(db)
    if not here.hub_seal:
        raise Refused("stick.hub_seal_missing")
    with only_one(keys / "exchange.lock", WAIT_SECONDS):
        orders.carry_out(db, keys)
        written = [_write(db, keys, here, folder, batches, way) for batches in list(_files(db))]
        written += [_write_pictures(db, keys, here, folder, name, files, way) for name, files in _pictures(db, here)]
        return written or [_write(db, keys, here, folder, [[]], way)]


def take(db: Database, keys: Path, path: Path) -> list[Came]:
    """Take the answers in the file *path*, or in every bundle of that folder that came back for us.

    Raises NotFound where there is none. What is wrong with one file keeps nothing of the others back,
    and taking one again changes nothing.
    """
    found = stick.find(path, back=True, point=installation.get(db).stamp.code)
    return take_files(db, keys, [(file.name, partial(stick.read, file, MOST_BYTES)) for file in found])


def take_files(db: Database, keys: Path, files: Iterable[File]) -> list[Came]:
    """Take the answers in *files*, each a name and what reads it; the same, however they came here."""
    here = installation.get(db)
    with only_one(keys / "exchange.lock", WAIT_SECONDS):
        return [_one(db, keys, here, name, read) for name, read in files]


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


def _write(db: Database, keys: Path, here: Installation, folder: Path, batches: list[list[Entry]], way: str) -> Written:
    messages = [_message(db, keys, here, batch, batch is batches[-1]) for batch in batches]
    last = batches[-1][-1] if batches[-1] else None
    sealed = seal_bundle(messages, here.hub_seal)
    path = stick.write(folder, _name(here, batches[0], last), sealed)
    written = Written(path, sum(map(len, batches)), len(sealed))
    with write(db):
        bundles.prune(db)
        bundle_files.made(db, path.name, way, last, written.entries, written.bytes)
        if last and way == bundle_files.STICK:
            bundles.carry(db, last)
    return written


def _pictures(db: Database, here: Installation) -> Iterator[tuple[Name, list[Waiting]]]:
    # Their entries are on this stick, or were taken before: the hub reads those first.
    files = deliveries.unfinished(db)
    for start in range(0, len(files), MESSAGES_A_FILE):
        part = files[start : start + MESSAGES_A_FILE]
        yield Name(here.stamp.code, PICTURES, start + 1, start + len(part)), part


def _write_pictures(
    db: Database, keys: Path, here: Installation, folder: Path, name: Name, files: list[Waiting], way: str
) -> Written:
    messages = []
    for file in files:
        start = file.held if file.sure else 0
        piece = Piece(digest=file.sha256, size=file.size, offset=start)
        with write(db):
            deliveries.leaves(db, file.sha256)
        messages.append(_message(db, keys, here, [], False, piece, attachments.data(db, file.sha256)[start:]))
    sealed = seal_bundle(messages, here.hub_seal)
    path = stick.write(folder, name, sealed)
    with write(db):
        bundle_files.made(db, path.name, way, None, 0, len(sealed))
    return Written(path, 0, len(sealed), len(files))


def _name(here: Installation, first: Sequence[Entry], last: Entry | None) -> Name:
    if last is None:
        return Name(here.stamp.code, QUESTION, 0, 0)
    return Name(here.stamp.code, last.epoch, first[0].seq, last.seq)


def _message(
    db: Database,
    keys: Path,
    here: Installation,
    batch: Sequence[Entry],
    is_last: bool = False,
    piece: Piece | None = None,
    data: bytes = b"",
) -> bytes:
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    ours, asks = Rotation.of(keys), is_last and marks.asks_first(db)
    with write(db):
        bundles.remember(db, nonce, batch, asks)
    return pack(
        ours.signing,
        sender=here.stamp.code,
        receiver=here.hub,
        nonce=nonce,
        entries=batch,
        cursor=inbox.cursor(db, here.downstream),
        seal_to=sealing_key(keys).recipient,
        next_key=ours.announcement(here.stamp.code, here.hub),
        holds=_holds(db, asks) if asks or ours.next else None,
        piece=piece,
        data=data,
    )


def _holds(db: Database, asks: bool) -> Holds:
    # Nothing of what the hub signed for: whether it was set back is asked over the line, where the answer is fresh.
    return Holds(streams=tuple(replaced(head, acked=0) for head in tail.holdings(db)), tail=asks)


def _one(db: Database, keys: Path, here: Installation, name: str, read: Callable[[], bytes]) -> Came:
    confirmed, received, problem = 0, 0, ""
    try:
        _comes_back(name)
        for data, message, asked in _proved(db, keys, here, read()):
            taken = _believe(db, here, asked, message, signed_head(data))
            confirmed, received = confirmed + taken.confirmed, received + taken.received
            problem = problem or taken.problem
            Rotation.of(keys).heed(message.header.next_key)
            if asked.asks and not _is_ours(here, message):
                with write(db):
                    tail.is_complete(db)
        _home(db, name)
    except TshegError as error:
        problem = error.code
    return Came(name, confirmed, received, problem)


def _comes_back(name: str) -> None:
    said = Name.read(name)
    if said and not said.back:
        raise FieldError("stick.way_out")


def _home(db: Database, name: str) -> None:
    said = Name.read(name)
    if said and said.back:
        with write(db):
            bundle_files.came_back(db, str(replace(said, back=False)))


def _proved(db: Database, keys: Path, here: Installation, data: bytes) -> list[tuple[bytes, Message, Bundled]]:
    try:
        answers = open_bundle(data, sealing_key(keys))
        messages = [open_message(answer, here.hub_public) for answer in answers]
    except MessageError as error:
        raise FieldError(UNREAD.get(type(error), "stick.unreadable")) from error
    asked = [_asked(db, here, message) for message in messages]
    return list(zip(answers, messages, asked, strict=True))


def _asked(db: Database, here: Installation, message: Message) -> Bundled:
    header = message.header
    asked = bundles.find(db, header.nonce)
    if asked is None or (header.sender, header.receiver) != (here.hub, here.stamp.code):
        raise Refused("stick.not_asked")
    return asked


def _is_ours(here: Installation, message: Message) -> bool:
    return bool(message.entries) and message.entries[0].producer == here.stamp.code


def _believe(db: Database, here: Installation, asked: Bundled, message: Message, proof: bytes) -> Taken:
    problem = message.header.problem
    moved_on = bundles.acked(db, asked.producer, asked.epoch) != asked.acked
    if problem and problem.code is ProblemCode.GAP and moved_on:
        # It lacked them when it wrote this; since then the mark has moved, so this may be an old stick.
        message = replace(message, header=replaced(message.header, problem=None))
    files = tuple(deliveries.not_less(db, message.header.files)) if asked.acked >= 0 else ()
    message = replace(message, header=replaced(message.header, files=files))
    return believe(db, here, bundles.entries(db, asked), message, proof)
