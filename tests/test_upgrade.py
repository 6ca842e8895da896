"""Databases of the version before come along: every row, every protection, and what the new version asks of them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.engine import URL
from sqlite_utils import Database

from hub.store import migrations as hub_migrations
from hub.store import points
from hub.store.engine import open_engine, read
from hub.store.engine import write as write_hub
from hub.store.tables import point, point_key
from scripts import postgresql
from store import journal, migrations
from store.connection import IntegrityError, connect
from tests.insurer import settings
from wire.entry import GENESIS, Entry, Revision, place
from wire.keys import SigningKey

BEFORE = "0006"
KEY = SigningKey(bytes(32)).public


def until(folder: Path, last: str, to: Path) -> Path:
    """Copy the migrations up to *last*."""
    for file in folder.rglob("*.sql"):
        if file.name[:4] <= last:
            target = to / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return to


def entry() -> Entry:
    revision = Revision(
        record_id="0" * 36, kind="activity", revision=1, form_version=1, made_at="", made_by="", body=b"{}"
    )
    return place(revision, producer="JL", epoch="e", seq=1, prev_hash=GENESIS, salt=b"s" * 16)


def older(db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the tables of the version before; this version cannot fill them, for it has more."""
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "FOLDER", until(migrations.FOLDER, BEFORE, folder))
        patch.setattr(journal, "rebuild", lambda _db: 0)
        migrations.migrate(db)


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A point's database as the version before left it, with one entry."""
    db = connect(tmp_path / "point.db")
    older(db, tmp_path / "sql", monkeypatch)
    db.execute("INSERT INTO epoch (producer, epoch, started_at, reason) VALUES ('JL', 'e', '', 'restored')")
    db.table("journal").insert({name: getattr(entry(), name) for name in journal.COLUMNS})
    return db


def test_a_point_keeps_its_journal_and_its_protection(old: Database):
    migrations.migrate(old)
    assert journal.find(old, entry().record_id) == entry()
    assert journal.verify(old) == []
    for statement in ("DELETE FROM journal", "UPDATE journal SET made_by = 'x'"):
        with pytest.raises(IntegrityError, match="append-only"):
            old.execute(statement)


def test_an_epoch_of_before_asks_for_nothing(old: Database):
    migrations.migrate(old)
    assert old.execute("SELECT behind FROM epoch").fetchall() == [(0,)]


@contextmanager
def empty(kind: str, folder: Path) -> Iterator[URL]:
    """A database without a single table."""
    if kind == "sqlite":
        (folder / "hub").mkdir()
        yield settings(folder / "hub").database_url
        return
    with postgresql.database() as url:
        yield url


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_hub_keeps_the_keys_of_its_points(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with empty(kind, tmp_path) as url:
        engine = open_engine(url)
        with monkeypatch.context() as patch:
            patch.setattr(hub_migrations, "FOLDER", until(hub_migrations.FOLDER, "0004", tmp_path / "sql"))
            hub_migrations.migrate(engine)
        with write_hub(engine) as connection:
            known = {"code": "JL", "name": "x", "kind": "bank", "county": "540233", "licensed": 0, "licence": ""}
            connection.execute(insert(point).values(**known, state="active", enrolled_at=""))
            values = {"key_id": KEY.key_id, "public_key": KEY.raw, "state": "active", "added_at": ""}
            connection.execute(insert(point_key).values(point="JL", **values))
        hub_migrations.migrate(engine)
        with read(engine) as connection:
            assert points.find_key(connection, "JL", KEY.key_id) == points.PointKey(KEY, "active")
            assert connection.execute(select(point_key.c.until)).all() == [("",)]
        with write_hub(engine) as connection:
            connection.execute(text("UPDATE point_key SET state = 'replaced'"))
        engine.dispose()
