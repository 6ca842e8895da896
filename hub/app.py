"""The hub's wiring: reads like a contents page."""

from flask import Flask
from flask_wtf import CSRFProtect

import assets
import i18n
from domain.errors import TshegError
from hub.commands import COMMANDS
from hub.installation import open_installation
from hub.settings import Settings
from hub.views import errors, frame, guard, headers, uploads
from hub.views.application import application
from hub.views.desk import desk
from hub.views.exchange import exchange
from hub.views.lead import lead
from hub.views.session import session
from hub.views.setup import setup
from hub.views.status import status
from hub.views.stick import stick


def create_app(settings: Settings | None = None) -> Flask:
    """Make the hub's web application; raises SystemExit, in both languages, on bad settings or a bad database."""
    settings = settings or Settings.from_environment()
    try:
        installation = open_installation(settings)
    except TshegError as error:
        raise SystemExit(i18n.in_both(error)) from error
    app = Flask("hub", template_folder="../templates", static_folder="../static")
    app.config.update(
        INSTALLATION=installation,
        SECRET_KEY=installation.session_secret,
        MAX_CONTENT_LENGTH=settings.message_bytes,
        SESSION_COOKIE_NAME="__Host-tsheg-hub" if settings.secure_cookies else "tsheg-hub",
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # our own Referrer-Policy withholds what it would look at
    )
    for door in (guard, uploads):
        door.init_app(app)
    token = CSRFProtect(app)
    token.exempt(exchange)  # a message proves itself by its signature
    token.exempt(status)  # nobody is signed in, and nothing changes
    for part in (i18n, assets, headers, frame, errors):
        part.init_app(app)
    for pages in (desk, application, lead, stick, session, setup, exchange, status):
        app.register_blueprint(pages)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app
