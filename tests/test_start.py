"""The start of the point: it runs on a sound database or says, in both languages, why not."""

from pathlib import Path

import pytest

from app import create_app
from settings import BadSetting, Settings
from store.connection import PRAGMAS, connect


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("TSHEG_SCRIPT_ORDER", "first"),
        ("TSHEG_DATABASE_KEY", "secret"),
        ("TSHEG_IDLE_MINUTES", "-1"),
        ("TSHEG_SECURE_COOKIES", "yes"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        Settings.from_environment({name: value})


def broken(settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.database.write_bytes(b"no database at all" * 400)


def a_directory(settings: Settings) -> None:
    settings.database.mkdir(parents=True)


def newer(settings: Settings) -> None:
    create_app(settings)
    db = connect(settings.database)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('point', '9999_later', '2030-01-01')"
    )
    db.conn.close()


@pytest.mark.parametrize("damage", [broken, a_directory, newer])
def test_a_database_it_cannot_use_is_said_in_both_languages(settings: Settings, damage: object) -> None:
    damage(settings)  # type: ignore[operator]
    with pytest.raises(SystemExit) as stopped:
        create_app(settings)
    chinese, tibetan = str(stopped.value).splitlines()
    assert chinese != tibetan and "\u0f0b" in tibetan


def test_the_durability_settings_hold_on_every_connection(settings: Settings) -> None:
    create_app(settings)
    db = connect(settings.database)
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    held = {name: (db.execute(f"PRAGMA {name}").fetchone() or (0,))[0] for name in PRAGMAS}
    db.conn.close()
    assert held == PRAGMAS and PRAGMAS["synchronous"] == 3


def test_a_key_encrypts_the_whole_file(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "point", database_key="ab" * 32)
    create_app(settings)
    assert b"SQLite format" not in settings.database.read_bytes()[:64]
    with pytest.raises(SystemExit):
        create_app(Settings(data=tmp_path / "point"))


def test_starting_twice_at_once_migrates_once(settings: Settings) -> None:
    create_app(settings)
    create_app(settings)
    db = connect(settings.database)
    names = [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations")]
    db.conn.close()
    assert len(names) == len(set(names)) > 0
