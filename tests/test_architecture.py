"""The rooms and the directions of docs/architecture.md, read from the imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = {
    "domain": set(),
    "wire": {"domain"},
    "slip": {"domain"},
    "imprint": {"domain", "wire", "slip"},
    "store": {"domain", "wire", "durable"},
    "printing": {"domain", "i18n"},
    "pictures": {"domain"},
    "sync": {"domain", "store", "wire", "stick", "keyfile"},
    "forms": {"domain", "i18n", "drawable"},
    "hub": {"domain", "wire", "i18n", "assets", "stick", "keyfile", "drawable"},
    "drawable": {"domain"},
    "keyfile": {"durable"},
    "stick": {"domain", "durable"},
    "durable": set(),
    "demo": {"domain"},
}
OURS = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} | {
    path.stem for path in ROOT.glob("*.py")
}
FLASK_ROOMS = {"app", "views", "forms", "commands", "hub", "i18n", "assets"}
SQL_ROOMS = {"store", "hub"}


def files(room: str) -> list[Path]:
    """Return the Python files of a room, or the one file of that name."""
    return sorted((ROOT / room).rglob("*.py")) or [ROOT / f"{room}.py"]


def imported(file: Path) -> Iterator[str]:
    """Yield the first part of every module a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    foreign = {
        (file.relative_to(ROOT).as_posix(), name)
        for file in files(room)
        for name in imported(file)
        if name in OURS - ROOMS[room] - {room}
    }
    assert foreign == set()


def test_flask_stays_in_its_rooms() -> None:
    rooms = OURS - FLASK_ROOMS - {"tests", "bench", "serve"}
    using = {room for room in rooms for file in files(room) if {"flask", "flask_wtf", "wtforms"} & set(imported(file))}
    assert using == set()


def test_the_hub_keeps_flask_out_of_its_store() -> None:
    assert not [file for file in files("hub/store") if "flask" in set(imported(file))]


@pytest.mark.parametrize(
    ("module", "home"),
    [
        ("weasyprint", "printing"),
        ("sqlcipher3", "store"),
        ("sqlalchemy", "hub"),
        ("urllib3", "sync"),
        ("pyrage", "wire"),
        ("PIL", "pictures"),
        ("zxingcpp", "pictures printing"),  # reads codes there, draws them here
        ("pypdfium2", "pictures"),
    ],
)
def test_a_library_has_one_home(module: str, home: str) -> None:
    users = {room for room in OURS - {"tests", "bench"} for file in files(room) if module in set(imported(file))}
    assert users - (set(home.split()) | ({"hub"} if module == "sqlcipher3" else set())) == set()


def test_the_network_is_used_by_one_file() -> None:
    users = [file.relative_to(ROOT).as_posix() for file in files("sync") if "urllib3" in set(imported(file))]
    assert users == ["sync/transport.py"]


def test_one_file_of_the_tests_starts_a_browser() -> None:
    starting = {
        file.name
        for file in files("tests")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and "sync_playwright" in {alias.name for alias in node.names}
    }
    assert starting == {"chromium.py"}


def test_sql_is_written_in_the_stores_only() -> None:
    words = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM")
    rooms = OURS - SQL_ROOMS - {"tests", "bench", "scripts"}
    found = {
        (file.relative_to(ROOT).as_posix(), node.value[:40])
        for room in rooms
        for file in files(room)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.lstrip().startswith(words)
    }
    assert found == set()


def test_only_settings_read_the_environment() -> None:
    rooms = OURS - {"settings", "hub", "serve", "tests", "bench", "scripts"}
    readers = {
        (file.relative_to(ROOT).as_posix(), node.attr)
        for room in rooms
        for file in files(room)
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "getenv"
    }
    assert readers == set()
