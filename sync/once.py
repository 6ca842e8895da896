"""One exchange from this machine, with this installation's own key."""

from pathlib import Path

from sqlite_utils import Database

from keyfile import secret
from store import installation
from sync import orders, rotation
from sync.exchange import Report, exchange
from sync.lock import is_held, only_one
from sync.rotation import Rotation
from sync.tally import Progress
from sync.transport import Http
from wire.keys import SigningKey
from wire.seal import SealingKey

LOCK = "exchange.lock"


def point_key(keys: Path) -> SigningKey:
    """Return this installation's key, made at the first call; it never leaves the folder *keys*."""
    return rotation.current(keys)


def sealing_key(keys: Path) -> SealingKey:
    """Return the key that opens what comes back on a stick, made at the first call."""
    return SealingKey.read(secret(keys, "age", lambda: SealingKey.generate().text.encode()))


def exchange_once(
    db: Database,
    keys: Path,
    wait_seconds: float = 0,
    progress: Progress = lambda _confirmed, _total: None,
) -> Report:
    """Exchange with the hub of this installation, alone on this machine.

    Raises NotFound before enrolment, ExchangeFailed when another exchange runs longer than *wait_seconds*.
    """
    here = installation.get(db)
    with only_one(keys / LOCK, wait_seconds):
        orders.carry_out(db, keys)
        ask = "" if here.hub_seal else sealing_key(keys).recipient
        ours, line = Rotation.of(keys), Http(here.hub_url, here.hub_tls)
        return exchange(db, ours.signing, here, line, progress, ask, ours)


def under_way(keys: Path) -> bool:
    """Say whether an exchange of this installation runs now, whoever started it."""
    return is_held(keys / LOCK)
