from pathlib import Path

import pytest

from app import create_app
from settings import Settings
from views import compiled
from views.compiled import Compiled


@pytest.fixture(autouse=True)
def on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep them where the program does, not where the tests do."""
    monkeypatch.setattr(compiled, "Compiled", Compiled)


def kept(settings: Settings) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in settings.cache.glob("*.cache")}


def test_the_next_start_compiles_no_template_again(settings: Settings) -> None:
    create_app(settings).test_client().get("/setup")
    compiled = kept(settings)
    create_app(settings).test_client().get("/setup")
    assert compiled
    assert kept(settings) == compiled


def test_a_cache_that_takes_nothing_costs_no_page(settings: Settings) -> None:
    app = create_app(settings)
    settings.cache.rmdir()
    settings.cache.touch()
    assert app.test_client().get("/setup").status_code == 200
