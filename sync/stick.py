"""By stick and by courier (U盘): out goes what the hub has not signed for, back come its answers.

The messages are those of the exchange. A stick answers days later, or never, or twice: so every nonce that
left is remembered, and an answer is taken when it is to one of them.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec.structs import replace as replaced
from sqlite_utils import Database

import stick
from domain.errors import FieldError, Refused, TshegError
from stick import Name
from store import bundles, inbox, installation, tail
from store import exchange as marks
from store.bundles import Bundled
from store.connection import write
from store.installation import Installation
from sync.answer import Taken, believe
from sync.exchange import NONCE_BYTES
from sync.lock import only_one
from sync.once import sealing_key
from sync.rotation import Rotation
from wire.bundle import MOST_BYTES, open_bundle, seal_bundle
from wire.entry import Entry
from wire.errors import BadSignature, Foreign, MessageError
from wire.header import Holds, ProblemCode
from wire.keys import PublicKey
from wire.message import Message, open_message, pack, signed_head

MESSAGE_BYTES = 256 << 10
MOST_ENTRIES = 500
MESSAGES_A_FILE = 64
WAIT_SECONDS = 60
QUESTION = "question"
UNREAD = {Foreign: "stick.other_key", BadSignature: "sync.not_the_hub"}


@dataclass(frozen=True)
class Written:
    """A bundle that was written, and read back from where it is: its file and how many entries it holds."""

    path: Path
    entries: int


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
        return [_write(db, keys, here, folder, batches) for batches in list(_files(db)) or [[[]]]]


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
    messages = [_message(db, keys, here, batch, batch is batches[-1]) for batch in batches]
    last = batches[-1][-1] if batches[-1] else None
    path = stick.write(folder, _name(here, batches[0], last), seal_bundle(messages, here.hub_seal))
    if last:
        with write(db):
            bundles.carry(db, last)
    return Written(path, sum(map(len, batches)))


def _name(here: Installation, first: Sequence[Entry], last: Entry | None) -> Name:
    if last is None:
        return Name(here.stamp.code, QUESTION, 0, 0)
    return Name(here.stamp.code, last.epoch, first[0].seq, last.seq)


def _message(db: Database, keys: Path, here: Installation, batch: Sequence[Entry], is_last: bool) -> bytes:
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
    )


def _holds(db: Database, asks: bool) -> Holds:
    # Nothing of what the hub signed for: whether it was set back is asked over the line, where the answer is fresh.
    return Holds(streams=tuple(replaced(head, acked=0) for head in tail.holdings(db)), tail=asks)


def _one(db: Database, keys: Path, here: Installation, file: Path) -> Came:
    confirmed, received, problem = 0, 0, ""
    try:
        for data, message, asked in _proved(db, keys, here, stick.read(file, MOST_BYTES)):
            taken = _believe(db, here, asked, message, signed_head(data))
            confirmed, received = confirmed + taken.confirmed, received + taken.received
            problem = problem or taken.problem
            Rotation.of(keys).heed(message.header.next_key)
            if asked.asks and not _is_ours(here, message):
                with write(db):
                    tail.is_complete(db)
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


def _is_ours(here: Installation, message: Message) -> bool:
    return bool(message.entries) and message.entries[0].producer == here.stamp.code


def _believe(db: Database, here: Installation, asked: Bundled, message: Message, proof: bytes) -> Taken:
    problem = message.header.problem
    moved_on = bundles.acked(db, asked.producer, asked.epoch) != asked.acked
    if problem and problem.code is ProblemCode.GAP and moved_on:
        # It lacked them when it wrote this; since then the mark has moved, so this may be an old stick.
        message = replace(message, header=replaced(message.header, problem=None))
    return believe(db, here, bundles.entries(db, asked), message, proof)
