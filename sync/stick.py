"""By stick and by courier (U盘): out goes what the hub has not signed for, back come its answers.

The messages are those of the exchange. A stick answers days later, or never, or twice: so every nonce that
left is remembered, and an answer is taken when it is to one of them.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from sqlite_utils import Database

import stick
from domain.errors import FieldError, Refused, TshegError
from stick import Name
from store import attachments, bundles, deliveries, inbox, installation
from store import exchange as marks
from store.bundles import Bundled
from store.connection import write
from store.deliveries import Waiting
from store.installation import Installation
from sync.answer import Taken, believe
from sync.exchange import NONCE_BYTES
from sync.lock import only_one
from sync.once import point_key, sealing_key
from wire.bundle import MOST_BYTES, open_bundle, seal_bundle
from wire.entry import Entry
from wire.errors import BadSignature, Foreign, MessageError
from wire.header import Piece, ProblemCode
from wire.keys import PublicKey
from wire.message import Message, open_message, pack, signed_head

MESSAGE_BYTES = 256 << 10
MOST_ENTRIES = 500
MESSAGES_A_FILE = 64
WAIT_SECONDS = 60
QUESTION = "question"
PICTURES = "pictures"
UNREAD = {Foreign: "stick.other_key", BadSignature: "sync.not_the_hub"}


@dataclass(frozen=True)
class Written:
    """A bundle that was written, and read back from where it is: its file, how many entries and pictures it holds."""

    path: Path
    entries: int
    pictures: int = 0


@dataclass(frozen=True)
class Came:
    """What came of one file that came back, in entries, and the code of what was wrong with it, or empty."""

    file: str
    confirmed: int
    received: int
    problem: str


def export(db: Database, keys: Path, folder: Path) -> list[Written]:
    """Write everything the hub has not signed for into *folder*, or, with nothing waiting, a question for news.

    Raises NotFound before enrolment, Refused while the hub's recipient is unknown, Unavailable where a bundle
    could not be written or does not read back; what was written before it is whole.
    """
    here = installation.get(db)
    if not here.hub_seal:
        raise Refused("stick.hub_seal_missing")
    with only_one(keys / "exchange.lock", WAIT_SECONDS):
        written = [_write(db, keys, here, folder, batches) for batches in list(_files(db))]
        written += [_write_pictures(db, keys, here, folder, name, files) for name, files in _pictures(db, here)]
        return written or [_write(db, keys, here, folder, [[]])]


def take(db: Database, keys: Path, path: Path) -> list[Came]:
    """Take the answers in the file *path*, or in every bundle of that folder that came back for us.

    Raises NotFound where there is none. What is wrong with one file keeps nothing of the others back,
    and taking one again changes nothing.
    """
    here = installation.get(db)
    with only_one(keys / "exchange.lock", WAIT_SECONDS):
        return [_one(db, keys, here, file) for file in stick.find(path, back=True, point=here.stamp.code)]


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


def _write(db: Database, keys: Path, here: Installation, folder: Path, batches: list[list[Entry]]) -> Written:
    messages = [_message(db, keys, here, batch) for batch in batches]
    last = batches[-1][-1] if batches[-1] else None
    path = stick.write(folder, _name(here, batches[0], last), seal_bundle(messages, here.hub_seal))
    if last:
        with write(db):
            bundles.carry(db, last)
    return Written(path, sum(map(len, batches)))


def _pictures(db: Database, here: Installation) -> Iterator[tuple[Name, list[Waiting]]]:
    # Their entries are on this stick, or were taken before: the hub reads those first.
    files = deliveries.unfinished(db)
    for start in range(0, len(files), MESSAGES_A_FILE):
        part = files[start : start + MESSAGES_A_FILE]
        yield Name(here.stamp.code, PICTURES, start + 1, start + len(part)), part


def _write_pictures(
    db: Database, keys: Path, here: Installation, folder: Path, name: Name, files: list[Waiting]
) -> Written:
    messages = []
    for file in files:
        start = file.held if file.sure else 0
        piece = Piece(digest=file.sha256, size=file.size, offset=start)
        with write(db):
            deliveries.leaves(db, file.sha256)
        messages.append(_message(db, keys, here, [], piece, attachments.data(db, file.sha256)[start:]))
    return Written(stick.write(folder, name, seal_bundle(messages, here.hub_seal)), 0, len(files))


def _name(here: Installation, first: Sequence[Entry], last: Entry | None) -> Name:
    if last is None:
        return Name(here.stamp.code, QUESTION, 0, 0)
    return Name(here.stamp.code, last.epoch, first[0].seq, last.seq)


def _message(
    db: Database,
    keys: Path,
    here: Installation,
    batch: Sequence[Entry],
    piece: Piece | None = None,
    data: bytes = b"",
) -> bytes:
    nonce = secrets.token_urlsafe(NONCE_BYTES)
    with write(db):
        bundles.remember(db, nonce, batch)
    return pack(
        point_key(keys),
        sender=here.stamp.code,
        receiver=here.hub,
        nonce=nonce,
        entries=batch,
        cursor=inbox.cursor(db, here.downstream),
        seal_to=sealing_key(keys).recipient,
        piece=piece,
        data=data,
    )


def _one(db: Database, keys: Path, here: Installation, file: Path) -> Came:
    confirmed, received, problem = 0, 0, ""
    try:
        for data, message, asked in _proved(db, keys, here, stick.read(file, MOST_BYTES)):
            taken = _believe(db, here, asked, message, signed_head(data))
            confirmed, received = confirmed + taken.confirmed, received + taken.received
            problem = problem or taken.problem
    except TshegError as error:
        problem = error.code
    return Came(file.name, confirmed, received, problem)


def _proved(db: Database, keys: Path, here: Installation, data: bytes) -> list[tuple[bytes, Message, Bundled]]:
    try:
        answers = open_bundle(data, sealing_key(keys))
        messages = [open_message(answer, PublicKey(here.hub_key)) for answer in answers]
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


def _believe(db: Database, here: Installation, asked: Bundled, message: Message, proof: bytes) -> Taken:
    problem = message.header.problem
    moved_on = bundles.acked(db, asked.producer, asked.epoch) != asked.acked
    if problem and problem.code is ProblemCode.GAP and moved_on:
        # It lacked them when it wrote this; since then the mark has moved, so this may be an old stick.
        message = replace(message, header=msgspec.structs.replace(message.header, problem=None))
    files = tuple(deliveries.not_less(db, message.header.files)) if asked.acked >= 0 else ()
    message = replace(message, header=msgspec.structs.replace(message.header, files=files))
    return believe(db, here, bundles.entries(db, asked), message, proof)
