"""One database connection a request, closed when it ends; never shared between threads."""

from flask import Flask, current_app, g
from sqlite_utils import Database

from settings import Settings
from store.connection import connect


def init_app(app: Flask) -> None:
    """Close the connection after each request or command."""
    app.teardown_appcontext(_close)


def settings() -> Settings:
    """Return the settings this application was made with."""
    return current_app.config["SETTINGS"]


def database() -> Database:
    """Return this request's connection, opened at first use."""
    if "database" not in g:
        g.database = connect(settings().database, settings().database_key)
    return g.database


def _close(_error: BaseException | None) -> None:
    db = g.pop("database", None)
    if db is not None:
        db.conn.close()
