"""How often strangers may come (外来访问限制): by address, by mobile number, by reference and all together.

Counted in the database before anything is looked at, so neither a restart nor a second process forgets.
"""

import time

from flask import request

from domain.errors import Later
from domain.visits import Limit, minutes, subject, subscriber
from keyfile import secret
from store import visits
from views.database import database, settings
from wire import work

# An old phone works this out in two or three seconds; see docs/adr/0032.
BITS = 16
EVERYBODY = "everybody"
STATUS_TRIES = 10


class WorkFirst(Later):
    """Come again later, or at once with the work that ``challenge`` asks for."""

    def __init__(self, nonce: str) -> None:
        super().__init__("apply.pressed", work.WAIT_MINUTES * work.MINUTE, minutes=str(work.WAIT_MINUTES))
        self.nonce = nonce
        self.challenge = {"bits": BITS, "nonce": nonce}


def admit(record_id: str, mobile: str) -> None:
    """Count one new application, *mobile* its applicant's number; raise Later where it must wait.

    To be called once for each record that is not here yet, before it is stored; a repeated one is not counted.
    """
    key, at = _key(), time.time()
    if _pressed(key, at):
        _require_work(key, record_id, at)
    _count(key, at, {
        ("apply-address", _address()): settings().apply_per_address,
        ("apply-mobile", mobile): settings().apply_per_mobile,
        ("apply", EVERYBODY): settings().apply_per_hour,
    })  # fmt: skip


def ask_status(reference: str) -> None:
    """Count one question about *reference*, whether there is such an application or not; raise Later."""
    asked = {("status-address", _address()): settings().status_per_address, ("status", reference): STATUS_TRIES}
    _count(_key(), time.time(), asked)


def _require_work(key: bytes, record_id: str, at: float) -> None:
    answer, held = request.headers.get("X-Work", ""), request.form.get("waited", "")
    if work.is_done(key, record_id, answer, BITS, at) or work.has_waited(key, record_id, held, at):
        return
    raise WorkFirst(work.nonce(key, record_id, at) if work.age(key, record_id, held, at) is None else held)


def _pressed(key: bytes, at: float) -> bool:
    lately = visits.recent(database(), "apply", subject(key, "apply", EVERYBODY), at)
    return lately >= settings().apply_unworked


def _count(key: bytes, at: float, asked: dict[tuple[str, str], int]) -> None:
    limits = [Limit(kind, subject(key, kind, text), most) for (kind, text), most in asked.items()]
    if wait := visits.count(database(), limits, at):
        raise Later("apply.too_many", wait, minutes=minutes(wait))


def _address() -> str:
    return subscriber(request.remote_addr or "")


def _key() -> bytes:
    return secret(settings().keys, "visits")
