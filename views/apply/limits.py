"""How often strangers may come (外来访问限制): by address, by mobile number, by reference and all together.

Counted in the database before anything is looked at, so neither a restart nor a second process forgets.
"""

import ipaddress
import time

from flask import request

from domain.errors import TooManyTries
from keyfile import secret
from store import visits
from store.visits import Limit
from views.database import database, settings
from wire import work

# An old phone works this out in two or three seconds; see docs/adr/0032.
BITS = 16
EVERYBODY = "everybody"
STATUS_TRIES = 10


class Later(TooManyTries):
    """Come again after ``seconds``; ``challenge`` says what work lets a browser in at once, where that is so."""

    def __init__(self, code: str, seconds: int, challenge: dict[str, int | str] | None = None) -> None:
        super().__init__(code, minutes=str(-(-seconds // 60)))
        self.seconds = seconds
        self.challenge = challenge


def admit(record_id: str, mobile: str) -> None:
    """Count one new application, *mobile* its applicant's number; raise Later where it must wait.

    To be called once for each record that is not here yet, before it is stored; a repeated one is not counted.
    """
    key, at = _key(), time.time()
    if _pressed(key, at) and not work.is_done(key, record_id, request.headers.get("X-Work", ""), BITS, at):
        task: dict[str, int | str] = {"bits": BITS, "nonce": work.nonce(key, record_id, at)}
        raise Later("apply.pressed", visits.PERIOD, task)
    _count(key, at, {
        ("apply-address", _address()): settings().apply_per_address,
        ("apply-mobile", mobile): settings().apply_per_mobile,
        ("apply", EVERYBODY): settings().apply_per_hour,
    })  # fmt: skip


def _pressed(key: bytes, at: float) -> bool:
    lately = visits.recent(database(), "apply", visits.subject(key, "apply", EVERYBODY), at)
    return lately >= settings().apply_unworked


def ask_status(reference: str) -> None:
    """Count one question about *reference*, whether there is such an application or not; raise Later."""
    asked = {("status-address", _address()): settings().status_per_address, ("status", reference): STATUS_TRIES}
    _count(_key(), time.time(), asked)


def _count(key: bytes, at: float, asked: dict[tuple[str, str], int]) -> None:
    limits = [Limit(kind, visits.subject(key, kind, text), most) for (kind, text), most in asked.items()]
    if wait := visits.count(database(), limits, at):
        raise Later("apply.too_many", wait)


def _address() -> str:
    """Return who asks, as one subscriber: in IPv6 a household has 64 bits to itself."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


def _key() -> bytes:
    return secret(settings().keys, "visits")
