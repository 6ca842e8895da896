"""A hub behind a certificate of its own making and a point at its counter: enrolled, served, with a new key."""

import dataclasses
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlite_utils import Database
from werkzeug.serving import make_server

from hub import create_app as create_hub
from hub.settings import Settings as HubSettings
from settings import Settings
from store import installation, ledger, submissions
from sync import rotation
from tests.certificates import certificate, new_key, pin_of, with_key
from tests.insurer import application, with_product
from tests.pair import STAMP

INVITE = ("point", "invite", "JL", "--name", "示例服务点", "--kind", "cooperative", "--county", "540234")


@dataclass
class Served:
    """The hub's application and where it is served."""

    app: Flask
    url: str

    def flask(self, *command: str) -> Result:
        """Run a command of the hub."""
        return self.app.test_cli_runner().invoke(args=command)


@pytest.fixture
def served(tmp_path: Path, hub_settings: HubSettings) -> Iterator[Served]:
    """A hub over TLS, whose key is pinned and whose certificate nobody vouches for."""
    key = new_key()
    pem = tmp_path / "server.pem"
    pem.write_bytes(with_key(key, certificate(key)))
    app = create_hub(dataclasses.replace(hub_settings, tls=(pin_of(new_key()), pin_of(key))))
    with_product(app.config["INSTALLATION"])
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=(str(pem), str(pem)))
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield Served(app, f"https://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    app.config["INSTALLATION"].engine.dispose()


def test_from_the_invitation_to_a_new_key(served: Served, app: Flask, db: Database, settings: Settings):
    def flask(*command: str) -> Result:
        return app.test_cli_runner().invoke(args=command)

    line = served.flask(*INVITE, "--url", served.url).stdout
    enrolled = flask("point", "enrol", "--code", line)
    assert (enrolled.exit_code, enrolled.stderr) == (0, "")
    assert installation.get(db).hub_tls == served.app.config["INSTALLATION"].settings.tls
    first = rotation.current(settings.keys)
    submissions.submit(db, application(STAMP), "示例柜员")
    assert flask("point", "renew-key").exit_code == 0
    assert flask("sync").exit_code == 0
    assert ledger.count(db).confirmed == 1
    assert rotation.current(settings.keys) != first
    assert flask("sync").exit_code == 0


def test_another_server_at_the_same_address_gets_nothing(served: Served, app: Flask, settings: Settings):
    other = pin_of(new_key())
    home = served.app.config["INSTALLATION"]
    served.app.config["INSTALLATION"] = dataclasses.replace(
        home, settings=dataclasses.replace(home.settings, tls=(other,))
    )
    line = served.flask(*INVITE, "--url", served.url).stdout
    refused = app.test_cli_runner().invoke(args=["point", "enrol", "--code", line])
    assert refused.exit_code == 1
    assert "证书" in refused.stderr


def test_the_hub_reads_out_its_pin(served: Served, tmp_path: Path):
    key = new_key()
    (tmp_path / "hub.pem").write_bytes(certificate(key))
    assert served.flask("tls-pin", str(tmp_path / "hub.pem")).stdout.strip() == pin_of(key)
    (tmp_path / "hub.pem").write_text("no key")
    assert served.flask("tls-pin", str(tmp_path / "hub.pem")).exit_code == 1
