"""A test of the line (测试连接): a signed question and its signed answer; nothing is stored, nothing else is proof."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from store import installation
from store.installation import Installation
from sync import signed
from sync.answer import REFUSED
from sync.errors import ExchangeFailed
from sync.lock import only_one
from sync.once import LOCK
from sync.rotation import Rotation
from sync.transport import Http, Transport
from wire.errors import MessageError
from wire.header import CODECS, FILLER
from wire.keys import SigningKey

SMALLEST_DIFFERENCE = 0.02


@dataclass(frozen=True)
class Reached:
    """The hub itself answered: seconds there and back, and bytes a second up, None where that is too fast to tell."""

    seconds: float
    bytes_per_second: float | None


def try_line(db: Database, keys: Path) -> Reached:
    """Ask this installation's hub; raise NotFound before enrolment, ExchangeFailed with what is in the way."""
    here = installation.get(db)
    with only_one(keys / LOCK):
        return measure(
            db, Rotation.of(keys).signing, here, Http(here.hub_url, here.hub_tls, connect_seconds=5, read_seconds=15)
        )


def measure(db: Database, key: SigningKey, here: Installation, transport: Transport) -> Reached:
    """Ask three times: to open the line, for the way there and back, and with a load."""
    _ask(db, key, here, transport, "")
    empty = _ask(db, key, here, transport, "")
    loaded = _ask(db, key, here, transport, secrets.token_urlsafe(FILLER)[:FILLER])
    longer = loaded - empty
    return Reached(empty, FILLER / longer if longer > SMALLEST_DIFFERENCE else None)


def _ask(db: Database, key: SigningKey, here: Installation, transport: Transport, filler: str) -> float:
    nonce = signed.new_nonce()
    question = signed.message(db, here, key, nonce, accept=CODECS, room=1, filler=filler)
    started = time.monotonic()
    answer = transport.send(question)
    seconds = time.monotonic() - started
    try:
        reply = signed.reply(here, answer, nonce)
    except MessageError as error:
        raise ExchangeFailed("sync.not_the_hub") from error
    if reply.header.problem:
        raise ExchangeFailed(REFUSED.get(reply.header.problem.code, f"sync.{reply.header.problem.code}"))
    return seconds
