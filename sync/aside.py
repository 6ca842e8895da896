"""An exchange beside the page that asked for it (另行传送): a slow line holds up nobody's browser."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from sqlite_utils import Database

from sync.exchange import Report
from sync.once import exchange_once


def begin(open_database: Callable[[], Database], keys: Path, wait_seconds: float) -> "Future[Report]":
    """Start an exchange on a connection of its own; the future brings its report or what it raised."""
    future: Future[Report] = Future()

    def run() -> None:
        try:
            db = open_database()
            try:
                future.set_result(exchange_once(db, keys, wait_seconds))
            finally:
                db.conn.close()
        except Exception as error:
            future.set_exception(error)

    threading.Thread(target=run, name="exchange aside", daemon=True).start()
    return future
