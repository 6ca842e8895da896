"""The point as a production server runs it: its pages, and beside them the thread that keeps exchanging."""

from flask import Flask
from sqlite_utils import Database

import app
from settings import Settings
from store.connection import connect
from sync.background import Background
from sync.exchange import Report
from sync.once import exchange_once

# Whoever looks whether an exchange runs holds its lock for a moment.
WAIT_SECONDS = 1


def create_app() -> Flask:
    """Make the application of this environment and begin to exchange.

    ``waitress-serve --inbuf-overflow=67108864 --call serve:create_app`` keeps photographs out of temporary files;
    behind a proxy (``TSHEG_PROXY``) also ``--no-clear-untrusted-proxy-headers``.
    """
    settings = Settings.from_environment()
    pages = app.create_app(settings)
    background(settings).start()
    return pages


def background(settings: Settings) -> Background:
    """Return the thread that brings what is submitted at *settings* to the hub by itself."""

    def open_database() -> Database:
        return connect(settings.database, settings.database_key)

    def exchange(db: Database) -> Report:
        return exchange_once(db, settings.keys, WAIT_SECONDS)

    return Background(open_database, exchange, settings.sync_seconds)
