"""This installation: which point it is, which hub it sends to, and which incarnation of its stream it writes."""

import secrets

import msgspec
from sqlite_utils import Database

from domain.application import PointStamp
from domain.errors import NotFound
from store.clock import now
from wire.keys import SUITE
from wire.suites import PublicKey, suite


class Installation(msgspec.Struct, frozen=True):
    """The point and its hub. ``hub_key`` is the hub's public key as its suite keeps it, Ed25519's 32 bytes at first.

    ``hub_seal`` is the age recipient to seal bundles for; empty when enrolled by an earlier hub and not told since.
    ``hub_tls`` are the pins of the hub's TLS keys, of which it uses one; empty where a certificate proves them.
    """

    stamp: PointStamp
    county: str
    licence: str
    hub: str
    hub_url: str
    hub_key: bytes
    hub_seal: str = ""
    hub_suite: str = SUITE
    hub_tls: tuple[str, ...] = ()

    @property
    def hub_public(self) -> PublicKey:
        """The key by which the hub is known; raise ValueError for what is none, Unsupported for a suite not known."""
        return suite(self.hub_suite).public_key(self.hub_key)

    @property
    def downstream(self) -> str:
        """The producer of what the hub writes for this point."""
        return f"hub/{self.stamp.code}"


def find(db: Database) -> Installation | None:
    """Return what was enrolled here, or None."""
    row = db.execute("SELECT stamp FROM installation").fetchone()
    return msgspec.json.decode(row[0], type=Installation) if row else None


def get(db: Database) -> Installation:
    """Return what was enrolled here; raise NotFound before enrolment."""
    installation = find(db)
    if installation is None:
        raise NotFound("installation.not_enrolled")
    return installation


def enrol(db: Database, installation: Installation, *, again: bool = False) -> None:
    """Remember the point and its hub and begin the first epoch, inside the caller's transaction.

    *again*: the hub holds records of an earlier installation of this point, to be fetched first.
    """
    point = installation.stamp.code
    db.execute(
        "INSERT INTO installation (id, point, stamp, hub, hub_url, hub_key, enrolled_at) VALUES (1, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, hub_url = excluded.hub_url",
        [point, _encoded(installation), installation.hub, installation.hub_url, installation.hub_key, now()],
    )
    if not db.execute("SELECT 1 FROM epoch WHERE producer = ?", [point]).fetchone():
        begin_epoch(db, point, "restored" if again else "installed")


def learn_seal(db: Database, recipient: str) -> None:
    """Remember for whom to seal bundles, as the hub itself told us, inside the caller's transaction."""
    known = msgspec.structs.replace(get(db), hub_seal=recipient)
    db.execute("UPDATE installation SET stamp = ?", [_encoded(known)])


def begin_epoch(db: Database, producer: str, reason: str) -> str:
    """Start a new incarnation of our stream, so that no place in it is ever used twice.

    A restored one begins with asking the hub what it holds of those before.
    """
    epoch = secrets.token_hex(8)
    db.execute(
        "INSERT INTO epoch (producer, epoch, started_at, reason, behind) VALUES (?, ?, ?, ?, ?)",
        [producer, epoch, now(), reason, int(reason == "restored")],
    )
    return epoch


def _encoded(installation: Installation) -> bytes:
    return msgspec.json.encode({name: getattr(installation, name) for name in Installation.__struct_fields__})
