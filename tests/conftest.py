"""Fixtures many tests share: a real point in an empty folder, and browsers that somebody sits at."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as HypothesisSettings
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page
from sqlalchemy import Engine
from sqlalchemy.engine import URL
from sqlite_utils import Database

import i18n
from app import create_app
from domain.words import Language, Role
from hub import admission
from hub import create_app as create_hub
from hub.installation import Installation, open_installation
from hub.settings import Settings as HubSettings
from hub.store import migrations
from hub.store.engine import open_engine
from printing.paper import Paper
from printing.workshop import Workshop
from scripts import postgresql
from settings import Settings
from store import pins, staff
from store.connection import connect, write
from store.staff import Staff
from tests import insurer, memory, phone, plates, prepared, routes, tampering, templates
from tests.browser import PEPPER, PIN, Browser
from tests.chromium import FLAGS, launched_chromium, without_tibetan
from tests.simulation import Stage


class Refusing(logging.Handler):
    """Turns what is only logged into an error."""

    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(record.getMessage())


def pytest_configure() -> None:
    """Let all processes of this session write to memory, share one PostgreSQL, and what Python compiles."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    memory.prefer()
    plates.reserve()
    postgresql.reserve()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove it with the process that started the others."""
    if not hasattr(config, "workerinput"):
        plates.remove()
        postgresql.remove()


# A busy machine is slow, and fixtures that examples share are meant to be shared: neither makes a test wrong.
HypothesisSettings.register_profile(
    "tsheg", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
HypothesisSettings.load_profile("tsheg")

# WeasyPrint does not fail on what it cannot do: a misspelt property, a missing font.
logging.getLogger("weasyprint").addHandler(Refusing(logging.WARNING))


@pytest.fixture(autouse=True, scope="session")
def compiled() -> Iterator[None]:
    """Compile each template and each address once."""
    with templates.compiled_once(), routes.compiled_once():
        yield


@pytest.fixture(autouse=True)
def chinese() -> None:
    """Begin in Chinese, whatever page the test before has looked at."""
    i18n._current.set(Language.CHINESE)


@pytest.fixture(scope="session")
def kept_pin() -> str:
    """The hash of ``PIN``: Argon2 at its real cost, once for all tests."""
    return pins.hashed(PIN, PEPPER)


@pytest.fixture
def disk() -> Iterator[Path]:
    """An empty folder on a real disk."""
    with memory.on_disk() as folder:
        yield Path(folder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A point in an empty folder, its pepper known to ``kept_pin``."""
    settings = Settings(data=tmp_path / "point")
    settings.keys.mkdir(parents=True)
    (settings.keys / "pepper.key").write_bytes(PEPPER)
    prepared.point(settings.database)
    return settings


class Unhurried(Workshop):
    """Lays nothing out ahead: most tests print nothing."""

    def prepare(self, papers: Sequence[Paper], order: str) -> None:
        """Leave it to whoever prints."""


@pytest.fixture(scope="session")
def workshop() -> Iterator[Workshop]:
    """A press that keeps its plates with those of the other processes of this session."""
    press = Unhurried(plates.folder())
    yield press
    press.close()


@pytest.fixture
def app(settings: Settings, workshop: Workshop) -> Flask:
    """The real application, nobody added yet."""
    app = create_app(settings)
    app.extensions["workshop"] = workshop
    return app


@pytest.fixture
def db(app: Flask, settings: Settings) -> Iterator[Database]:
    """A connection of the test's own to the point's database."""
    db = connect(settings.database)
    yield db
    db.conn.close()


@pytest.fixture
def hire(db: Database, kept_pin: str) -> Callable[..., Staff]:
    """Add a person whose PIN is ``PIN``."""

    def hire(name: str, role: Role = Role.CLERK) -> Staff:
        with write(db):
            return staff.insert(db, name, role, kept_pin)

    return hire


@pytest.fixture
def manager(hire: Callable[..., Staff]) -> Staff:
    """A manager (主管)."""
    return hire("示例主管", Role.MANAGER)


@pytest.fixture
def clerk(manager: Staff, hire: Callable[..., Staff]) -> Staff:
    """A clerk (经办员)."""
    return hire("示例经办")


@pytest.fixture
def client(app: Flask) -> Browser:
    """A browser nobody sits at."""
    return Browser(app)


@pytest.fixture
def signed_in(app: Flask, db: Database, clerk: Staff) -> Browser:
    """A browser the clerk sits at."""
    return Browser(app).sit_down(db, clerk)


@pytest.fixture
def as_manager(app: Flask, db: Database, manager: Staff) -> Browser:
    """A browser the manager sits at."""
    return Browser(app).sit_down(db, manager)


@pytest.fixture(scope="session")
def running_chromium() -> Iterator[Chromium]:
    """A real browser, started once."""
    with launched_chromium() as chromium:
        yield chromium


@pytest.fixture
def chromium(running_chromium: Chromium) -> Iterator[Chromium]:
    """The same; whatever a test opens in it is closed after the test."""
    before = running_chromium.contexts
    yield running_chromium
    for context in running_chromium.contexts:
        if context not in before:
            context.close()


@pytest.fixture(scope="session")
def no_tibetan(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | float | bool]:
    """The environment of a phone that has no Tibetan letters of its own."""
    return without_tibetan(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="module")
def lacking_tibetan(running_chromium: Chromium, no_tibetan: dict[str, str | float | bool]) -> Iterator[Chromium]:
    """Such a phone."""
    browser = running_chromium.browser_type.launch(executable_path=shutil.which("chromium"), args=FLAGS, env=no_tibetan)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def on_server() -> Iterator[Engine]:
    """A database of this process on PostgreSQL, as the hub's migrations leave it."""
    with postgresql.database() as url:
        engine = open_engine(url)
        migrations.migrate(engine)
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> URL | None:
    """Every test of the hub runs twice: on its own file, and in an empty database on PostgreSQL."""
    if request.param == "sqlite":
        return None
    engine: Engine = request.getfixturevalue("on_server")
    tampering.empty(engine)
    return engine.url


@pytest.fixture
def hub_settings(tmp_path: Path, server: URL | None) -> HubSettings:
    """Settings of a hub that nobody knows yet."""
    settings = insurer.settings(tmp_path / "hub", server)
    if server is None:
        prepared.hub(settings.database)
    return settings


@pytest.fixture
def hub(hub_settings: HubSettings) -> Iterator[Installation]:
    """A hub with the sample product."""
    hub = insurer.with_product(open_installation(hub_settings))
    yield hub
    hub.engine.dispose()


@pytest.fixture
def counter(hub: Installation) -> insurer.Counter:
    """A point enrolled there."""
    return insurer.Counter(hub).enrolled()


@pytest.fixture
def hub_app(hub: Installation) -> Iterator[Flask]:
    """The hub's web application."""
    app = create_hub(hub.settings)
    app.test_client_class = Browser
    yield app
    app.config["INSTALLATION"].engine.dispose()


@pytest.fixture
def desk(hub: Installation, hub_app: Flask) -> Browser:
    """A browser an underwriter sits at."""
    admission.add(hub, insurer.UNDERWRITER, insurer.PASSPHRASE)
    browser = Browser(hub_app)
    browser.submit("/session/new", name=insurer.UNDERWRITER, passphrase=insurer.PASSPHRASE)
    return browser


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """A point and a hub as every simulated history finds them."""
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        yield stage
        stage.hub.engine.dispose()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[phone.Place]:
    """A point whose public side is served."""
    with phone.place(tmp_path_factory.mktemp("public")) as place:
        yield place


@pytest.fixture
def page(chromium: Chromium, public: phone.Place) -> Iterator[Page]:
    """A phone that has never been here; nothing stands between it and the point yet."""
    with phone.visit(chromium, public) as page:
        yield page
