"""This installation of the hub: its database, its key and its name."""

from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from domain.errors import Unavailable
from hub.settings import Settings
from hub.store import migrations
from hub.store.engine import open_engine
from keyfile import secret
from wire.keys import SigningKey
from wire.seal import SealingKey


@dataclass(frozen=True)
class Installation:
    """What every request needs. The hub is named by its first key, so two hubs never share a name."""

    settings: Settings
    engine: Engine
    key: SigningKey
    sealing: SealingKey
    pepper: bytes = field(repr=False)
    session_secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The sender of everything this hub says."""
        return f"hub-{self.key.public.key_id}"


def open_installation(settings: Settings) -> Installation:
    """Make the folders, the secrets and the database where they are missing; raise Unavailable on a bad one."""
    try:
        for folder in (settings.data, settings.keys):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        engine = _migrated(settings.database_url)
        signing, pepper, session = (secret(settings.keys, name) for name in ("signing", "pepper", "session"))
        age = secret(settings.keys, "age", lambda: SealingKey.generate().text.encode())
    except OSError as error:
        raise Unavailable("store.cannot_write", reason=str(error)) from error
    except DatabaseError as error:
        raise Unavailable("store.cannot_open", reason=str(error.orig)) from error
    return Installation(settings, engine, SigningKey(signing), SealingKey.read(age), pepper, session)


def _migrated(url: URL) -> Engine:
    engine = open_engine(url)
    try:
        migrations.migrate(engine)
    except (DatabaseError, Unavailable):
        engine.dispose()
        raise
    return engine
