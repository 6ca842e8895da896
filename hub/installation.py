"""This installation of the hub: its database, its key and its name."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from hub.secrets import secret
from hub.settings import Settings
from hub.store import migrations
from hub.store.engine import open_engine
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

    @property
    def name(self) -> str:
        """The sender of everything this hub says."""
        return f"hub-{self.key.public.key_id}"


def open_installation(settings: Settings) -> Installation:
    """Make the folders, the secrets and the database where they are missing; raise Unavailable on a bad one."""
    for folder in (settings.data, settings.keys):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    engine = open_engine(settings.database)
    migrations.migrate(engine)
    return Installation(
        settings,
        engine,
        SigningKey(secret(settings.keys, "signing")),
        SealingKey.read(secret(settings.keys, "age", lambda: SealingKey.generate().text.encode())),
        secret(settings.keys, "pepper"),
    )
