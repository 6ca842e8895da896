"""Empty databases of both sides (备好的库), migrated once and copied where a test begins: migrating takes longer."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hub.store import migrations as hub_migrations
from hub.store.engine import open_engine
from store import migrations
from store.connection import connect
from tests import insurer


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="tsheg-prepared-")


@cache
def _point() -> Path:
    path = Path(_folder().name) / "point.db"
    db = connect(path)
    migrations.migrate(db)
    db.conn.close()
    return path


@cache
def _hub() -> Path:
    settings = insurer.settings(Path(_folder().name))
    engine = open_engine(settings.database_url)
    hub_migrations.migrate(engine)
    engine.dispose()
    return settings.database


def point(path: Path) -> None:
    """Put a point's database at *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_point(), path)


def hub(path: Path) -> None:
    """Put a hub's database at *path*."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_hub(), path)
