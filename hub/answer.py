"""The hub's answer to one message (应答): signed, for one receiver, with the HTTP status that goes with it."""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from hub.installation import Installation
from hub.refusal import STATUS
from wire.entry import Entry
from wire.header import Claim, Codec, Header, Problem, ProblemCode
from wire.message import Said, pack

# A point packs as small as it can. We answer thousands: 5 to 12 % more bytes in a fortieth of the time, and no memory.
EFFORT = 5

log = logging.getLogger("tsheg.security")


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


def reply(
    here: Installation,
    asked: Header,
    *,
    entries: Sequence[Entry] = (),
    codecs: Sequence[Codec] = (),
    **said: Unpack[Said],
) -> Answer:
    """Answer *asked*, which is proved; whoever tells for whom to seal is told the same of us."""
    if asked.seal_to:
        said["seal_to"] = here.sealing.recipient
    body = _packed(here, asked, entries, codecs, said)
    if problem := said.get("problem"):
        return Answer(STATUS[problem.code], body, asked, problem.code, problem.retry_after)
    return Answer(200, body, asked)


def refuse(here: Installation, code: ProblemCode, data: bytes = b"", claim: Claim | None = None) -> Answer:
    """Answer that nothing was believed; of what was sent only the digest is kept, in the security log."""
    sender = claim.sender if claim else ""
    log.warning("exchange refused: %s, claimed sender %r, sha256 %s", code, sender, hashlib.sha256(data).hexdigest())
    return _refused(here, code, claim)


def turn_away(here: Installation, code: ProblemCode, claim: Claim) -> Answer:
    """Answer a stranger, who knows our key by its fingerprint only, that no invitation lets it in."""
    log.warning("no entry: %s, claimed sender %r", code, claim.sender)
    return _refused(here, code, claim, signer=here.key.public.raw)


def _refused(here: Installation, code: ProblemCode, claim: Claim | None, signer: bytes = b"") -> Answer:
    said = Said(problem=Problem(code=code), signer=signer)
    return Answer(STATUS[code], _packed(here, claim, (), (), said), problem=code)


def _packed(
    here: Installation, to: Claim | None, entries: Sequence[Entry], codecs: Sequence[Codec], said: Said
) -> bytes:
    return pack(
        here.key,
        sender=here.name,
        receiver=to.sender if to else "",
        nonce=to.nonce if to else "",
        entries=entries,
        codecs=codecs,
        effort=EFFORT,
        **said,
    )
