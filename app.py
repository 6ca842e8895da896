"""The service point (服务点): wiring only, reads like a contents page."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

import assets
import i18n
from commands import COMMANDS
from domain.errors import TshegError, Unavailable
from keyfile import secret
from settings import Settings
from store import migrations
from store.connection import StoreError, connect
from views import compiled, database, errors, frame, guard, headers, pressing, uploads
from views.application import application
from views.apply import ADDRESSES, apply
from views.blank import blank
from views.draft import draft
from views.handover import handover
from views.home import home
from views.own_pin import own_pin
from views.paper import paper
from views.picture import picture
from views.pile import pile
from views.poster import poster
from views.restoration import restoration
from views.scan import scan
from views.session import session
from views.setup import setup
from views.staff import staff
from views.stick import stick
from views.sync import sync


def create_app(settings: Settings | None = None) -> Flask:
    """Make the point's web application; raises SystemExit, in both languages, on bad settings or a bad database."""
    settings = settings or Settings.from_environment()
    key = prepare(settings)
    app = Flask(__name__)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=key,
        SESSION_COOKIE_NAME="__Host-tsheg" if settings.secure_cookies else "tsheg",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
    )
    uploads.init_app(app)  # before the token is looked for in what was sent
    CSRFProtect(app).exempt(apply)
    for part in (compiled, i18n, assets, database, headers, guard, frame, errors, pressing):
        part.init_app(app)
    for pages in (
        home, setup, session, own_pin, staff, draft, application, paper, pile, handover, blank, poster, picture, scan,
        restoration, sync, stick,
    ):  # fmt: skip
        app.register_blueprint(pages)
    for name, address in ADDRESSES.items():
        app.register_blueprint(apply, name=name, url_prefix=address)
    for command in COMMANDS:
        app.cli.add_command(command)
    if near := settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near)  # type: ignore[method-assign]
    return app


def prepare(settings: Settings) -> bytes:
    """Make the folders, bring the database to this version and return the secret of its sessions.

    Raises SystemExit with what is wrong.
    """
    try:
        _make_folders(settings)
        db = connect(settings.database, settings.database_key)
        migrations.migrate(db)
        db.conn.close()
        return secret(settings.keys, "session")
    except TshegError as error:
        raise SystemExit(i18n.in_both(error)) from error
    except (OSError, StoreError) as error:
        raise SystemExit(i18n.in_both(Unavailable("store.cannot_write", reason=str(error)))) from error


def _make_folders(settings: Settings) -> None:
    for folder in (settings.data, settings.keys, settings.cache):
        folder.mkdir(parents=True, exist_ok=True)
    for private in (settings.data, settings.keys):
        private.chmod(0o700)
