"""One message in, one signed message out (交换). What is answered is committed before it is signed."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from hub import backlog, erasure, files, holdings, intake, invitation, kept, set_back, succession
from hub.background import wake
from hub.clock import now
from hub.installation import Installation
from hub.quota import Meter
from hub.refusal import Refusal, Stranger
from hub.store import journal, points, streams
from hub.store.engine import fold_log_in, read, write
from hub.store.points import REVOKED, PointKey
from hub.succession import Signed
from wire.entry import Entry
from wire.errors import MessageError
from wire.fit import fitting
from wire.header import Ack, Claim, Codec, Cursor, Header, Held, Holds, NextKey, Problem, ProblemCode, codecs_for
from wire.message import Limits, open_message, pack, read_claim

DEFAULT_ROOM = 256 << 10
# A point packs as small as it can. We answer thousands: 5 to 12 % more bytes in a fortieth of the time, and no memory.
EFFORT = 5

log = logging.getLogger("tsheg.security")

STATUS = {
    ProblemCode.GAP: 409,
    ProblemCode.FORK: 409,
    ProblemCode.FROZEN: 409,
    ProblemCode.CURSOR: 409,
    ProblemCode.UNKNOWN_KEY: 401,
    ProblemCode.BAD_SIGNATURE: 401,
    ProblemCode.REVOKED: 403,
    ProblemCode.TOO_LARGE: 413,
    ProblemCode.MALFORMED: 400,
    ProblemCode.UNSUPPORTED: 400,
    ProblemCode.FOREIGN: 400,
    ProblemCode.QUOTA: 429,
}


@dataclass(frozen=True)
class Answer:
    """A signed message and the HTTP status that goes with it; *asked* is what it answers, once that is proved.

    *retry_after* is in seconds.
    """

    status: int
    body: bytes
    asked: Header | None = None
    problem: ProblemCode | None = None
    retry_after: int = 0


def exchange(here: Installation, data: bytes, meter: Meter | None = None) -> Answer:
    """Take what *data* brings and answer with an acknowledgement and what its sender does not hold yet.

    With *meter* its sender has to keep to the quotas, as over a line.
    """
    return next(answers(here, data, meter))


def answers(here: Installation, data: bytes, meter: Meter | None = None) -> Iterator[Answer]:
    """Answer as ``exchange`` does, then go on until the sender would hold all we wrote for it: a stick has room."""
    claim: Claim | None = None
    limits = Limits(message=here.settings.message_bytes)
    try:
        claim = read_claim(data, limits)
        message = _opened(here, claim, data, limits)
    except Stranger:
        yield _admit(here, read_claim(data, limits), data, limits)
        return
    except (MessageError, Refusal) as error:
        yield refuse(here, ProblemCode(error.code), data, claim)
        return
    yield from _answered(here, claim, message, meter)


def _answered(here: Installation, claim: Claim, message: Signed, meter: Meter | None) -> Iterator[Answer]:
    asked = message.header
    if meter and (wait := meter.wait(here, message)):
        yield _answer(here, claim, asked, problem=Problem(code=ProblemCode.QUOTA, retry_after=wait))
        return
    ack, problem = _take(here, claim.sender, message)
    _see_to_judgement(here, message)
    codecs = codecs_for(asked.accept)
    if message.is_late:
        # Who has an old key may deliver what lay about, and learns nothing new.
        yield _answer(here, claim, asked, ack=ack, problem=problem)
        return
    problem, next_key = _compared(here, asked, problem)
    held = files.answer(here, claim.sender, message)
    answer = partial(_answer, here, claim, asked, ack=ack, problem=problem, next_key=next_key, codecs=codecs, held=held)
    for entries in _tail(here, claim.sender, asked, asked.holds or Holds()):
        yield answer(entries=entries)
    entries = _downstream(here, claim.sender, asked, asked.cursor)
    yield answer(entries=entries)
    while entries:
        last = Cursor(epoch=entries[-1].epoch, seq=entries[-1].seq, hash=entries[-1].hash)
        entries = _downstream(here, claim.sender, asked, last)
        if entries:
            yield _answer(here, claim, asked, entries=entries, codecs=codecs)


def _see_to_judgement(here: Installation, message: Signed) -> None:
    if backlog.are_many(message.entries):
        wake()
    elif not message.entries:
        backlog.take_up(here, message.header.sender)


def refuse(here: Installation, code: ProblemCode, data: bytes = b"", claim: Claim | None = None) -> Answer:
    """Answer that nothing was believed; of what was sent only the digest is kept, in the security log."""
    sender = claim.sender if claim else ""
    log.warning("exchange refused: %s, claimed sender %r, sha256 %s", code, sender, hashlib.sha256(data).hexdigest())
    return _answer(here, claim, problem=Problem(code=code))


def _admit(here: Installation, claim: Claim, data: bytes, limits: Limits) -> Answer:
    try:
        asked, document = invitation.welcome(here, claim, data, limits)
    except (MessageError, Refusal) as error:
        code = ProblemCode(error.code)
        log.warning("no entry: %s, claimed sender %r", code, claim.sender)
        return _answer(here, claim, problem=Problem(code=code), signer=here.key.public.raw)
    return _answer(here, claim, asked, next_key=asked.next_key, signer=here.key.public.raw, document=document)


def _opened(here: Installation, claim: Claim, data: bytes, limits: Limits) -> Signed:
    with read(here.engine) as connection:
        key: PointKey | None = points.find_key(connection, claim.sender, claim.key_id)
    if key is None:
        raise Stranger
    message = Signed(**vars(open_message(data, key.public, limits)), key=key)
    if key.state == REVOKED or not message.is_allowed:
        raise Refusal(ProblemCode.REVOKED)
    stream = message.header.stream
    if message.header.receiver != here.name or (stream and stream.producer != claim.sender):
        raise Refusal(ProblemCode.FOREIGN)
    return message


def _take(here: Installation, point: str, message: Signed) -> tuple[Ack | None, Problem | None]:
    if not message.entries and not message.changes_keys:
        return None, None
    with write(here.engine, point) as connection:
        erased = erasure.is_news(connection, point, message.entries)
        problem = succession.settle(connection, message)
        if message.entries and not problem:
            problem = intake.take(connection, point, message.entries)
    if problem:
        log.warning("exchange refused: %s, sender %r, seq %d", problem.code, point, problem.seq)
        return None, problem
    if any(entry.kind == "carried_out" for entry in message.entries):
        fold_log_in(here.engine)
    if erased:
        kept.forget(here, point)
    if not message.entries:
        return None, None
    # Not the head: a point restored from a backup holds less than we do and can prove only what it offered.
    last = message.entries[-1]
    return Ack(producer=last.producer, epoch=last.epoch, seq=last.seq, hash=last.hash, hub_time=now()), None


def _compared(here: Installation, asked: Header, problem: Problem | None) -> tuple[Problem | None, NextKey | None]:
    if asked.holds is None and asked.next_key is None:
        return problem, None
    with read(here.engine) as connection:
        lost = holdings.lost(connection, asked.sender, asked.holds or Holds())
        next_key = asked.next_key if succession.is_known(connection, asked) else None
    if lost:
        log.warning("set back: %r has proof of more than we hold, after %d", asked.sender, lost.seq)
    return problem or lost, next_key


def _tail(here: Installation, point: str, asked: Header, holds: Holds) -> Iterator[list[Entry]]:
    while holds.tail:
        with read(here.engine) as connection:
            found = holdings.tail(connection, point, holds, here.settings.reply_entries, _room(here, asked))
        entries = fitting(found)
        if not entries:
            return
        yield entries
        holds = holdings.and_then(holds, entries[-1])


def _downstream(here: Installation, point: str, asked: Header, cursor: Cursor | None) -> list[Entry]:
    with read(here.engine) as connection:
        head = streams.newest(connection, point, streams.down(point))
        if head is None or cursor == Cursor(epoch=head.epoch, seq=head.seq, hash=head.hash):
            return []
        if not cursor or not set_back.is_behind(connection, head, cursor, _holds(connection, point, cursor)):
            seq = cursor.seq if cursor and cursor.epoch == head.epoch else 0
            return fitting(journal.after(connection, head, seq, here.settings.reply_entries, _room(here, asked)))
    log.warning("set back: cursor of %r is ahead of us or of another history, at %d", point, cursor.seq)
    with write(here.engine, point) as connection:
        set_back.begin_again(connection, point, cursor)
    return _downstream(here, point, asked, None)


def _room(here: Installation, asked: Header) -> int:
    return min(asked.room or DEFAULT_ROOM, here.settings.reply_bytes)


def _holds(connection: Connection, point: str, cursor: Cursor) -> bool:
    claimed = streams.Head(point, streams.down(point), cursor.epoch)
    return journal.hashes(connection, claimed, cursor.seq, cursor.seq).get(cursor.seq) == cursor.hash


def _answer(
    here: Installation,
    claim: Claim | None,
    asked: Header | None = None,
    *,
    ack: Ack | None = None,
    problem: Problem | None = None,
    entries: list[Entry] | None = None,
    codecs: Sequence[Codec] = (),
    next_key: NextKey | None = None,
    signer: bytes = b"",
    document: bytes = b"",
    held: Sequence[Held] = (),
) -> Answer:
    body = pack(
        here.key,
        sender=here.name,
        receiver=claim.sender if claim else "",
        nonce=claim.nonce if claim else "",
        entries=entries or [],
        ack=ack,
        problem=problem,
        codecs=codecs,
        effort=EFFORT,
        seal_to=here.sealing.recipient if asked and asked.seal_to else "",
        next_key=next_key,
        signer=signer,
        document=document,
        files=held,
    )
    if problem is None:
        return Answer(200, body, asked)
    return Answer(STATUS[problem.code], body, asked, problem.code, problem.retry_after)
