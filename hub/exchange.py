"""One message in, one signed message out (交换). What is answered is committed before it is signed."""

from collections.abc import Iterator
from functools import partial

from hub import downward, files, invitation, taking
from hub.answer import Answer, refuse, reply, turn_away
from hub.installation import Installation
from hub.quota import Meter
from hub.refusal import Refusal, Stranger
from hub.store import points
from hub.store.engine import read
from hub.store.points import REVOKED
from hub.succession import Signed
from wire.errors import MessageError
from wire.header import Claim, Problem, ProblemCode, codecs_for
from wire.message import Limits, Said, open_message, read_claim


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
    except (MessageError, Refusal) as error:
        yield refuse(here, ProblemCode(error.code), data, claim)
    else:
        yield from _answered(here, message, meter)


def _opened(here: Installation, claim: Claim, data: bytes, limits: Limits) -> Signed:
    with read(here.engine) as connection:
        key = points.find_key(connection, claim.sender, claim.key_id)
    if key is None:
        raise Stranger
    message = Signed(**vars(open_message(data, key.public, limits)), key=key)
    if key.state == REVOKED or not message.is_allowed:
        raise Refusal(ProblemCode.REVOKED)
    stream = message.header.stream
    if message.header.receiver != here.name or (stream and stream.producer != claim.sender):
        raise Refusal(ProblemCode.FOREIGN)
    return message


def _admit(here: Installation, claim: Claim, data: bytes, limits: Limits) -> Answer:
    try:
        asked, document = invitation.welcome(here, claim, data, limits)
    except (MessageError, Refusal) as error:
        return turn_away(here, ProblemCode(error.code), claim)
    return reply(here, asked, next_key=asked.next_key, signer=here.key.public.raw, document=document)


def _answered(here: Installation, message: Signed, meter: Meter | None) -> Iterator[Answer]:
    asked = message.header
    if meter and (wait := meter.wait(here, message)):
        yield reply(here, asked, problem=Problem(code=ProblemCode.QUOTA, retry_after=wait))
        return
    ack, problem = taking.take(here, message)
    taking.see_to_judgement(here, message)
    if message.is_late or (problem and problem.code is ProblemCode.REVOKED):
        # An old key delivers what lay about and learns nothing new; one that has just ended does not even that.
        yield reply(here, asked, ack=ack, problem=problem)
        return
    lost, next_key = taking.compare(here, asked)
    held = tuple(files.answer(here, asked.sender, message))
    yield from _told(here, message, Said(ack=ack, problem=problem or lost, next_key=next_key, files=held))


def _told(here: Installation, message: Signed, said: Said) -> Iterator[Answer]:
    asked = message.header
    answer = partial(reply, here, asked, codecs=codecs_for(asked.accept))
    for entries in downward.own(here, asked):
        yield answer(entries=entries, **said)
    ours = downward.ours(here, asked)
    first = next(ours)
    said["caught_up"] = first.is_last
    yield answer(entries=first.entries, **said)
    for part in ours:
        yield answer(entries=part.entries, caught_up=part.is_last)
