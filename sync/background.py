"""Keep at it: a thread of the serving process exchanges when something was submitted, and from time to time."""

import logging
import random
import threading
from collections.abc import Callable

from sqlite_utils import Database

from domain.errors import TshegError
from store import exchange as marks
from store.connection import StoreError, write
from sync.exchange import Report

LONGEST_PAUSE = 900
NOTHING = Report(confirmed=0, received=0, waiting=0, problem="")
_news = threading.Event()
log = logging.getLogger(__name__)


def wake() -> None:
    """Say that something was submitted: the next exchange begins now."""
    _news.set()


def pause(seconds: float, failures: int) -> float:
    """Return the seconds until the next try, doubled by each failure, up to 15 minutes, give or take a fifth.

    The jitter keeps a whole county, back on the grid in the same second, from calling in the same second.
    """
    longest = max(seconds, LONGEST_PAUSE)
    return min(seconds * 2.0 ** min(failures, 16), longest) * random.uniform(0.8, 1.2)  # noqa: S311


class Background:
    """The thread. It opens one connection with *open_database* and calls *exchange* on it again and again."""

    def __init__(
        self, open_database: Callable[[], Database], exchange: Callable[[Database], Report], seconds: float
    ) -> None:
        self.open_database = open_database
        self.exchange = exchange
        self.seconds = seconds
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._keep_at_it, name="exchange", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self.thread.start()

    def stop(self) -> None:
        """End after the exchange that is under way."""
        self.stopped.set()
        _news.set()
        self.thread.join()

    def _keep_at_it(self) -> None:
        db = self.open_database()
        failures = 0
        while True:
            _news.clear()
            if self.stopped.is_set():
                break
            report = self._attempt(db)
            moved = report.confirmed or report.received or report.files
            failures = failures + 1 if report.problem and not moved else 0
            asked, own = report.retry_after * random.uniform(1, 1.2), pause(self.seconds, failures)  # noqa: S311
            self._announce(db, asked + own)
            self.stopped.wait(asked)
            _news.wait(own)
        db.conn.close()

    def _announce(self, db: Database, seconds: float) -> None:
        try:
            with write(db):
                marks.next_try(db, seconds)
        except StoreError as error:
            log.error("next try not announced: %s", type(error).__name__)

    def _attempt(self, db: Database) -> Report:
        try:
            return self.exchange(db)
        except TshegError as error:
            log.info("no exchange: %s", error.code)
        except Exception as error:
            # Whatever broke, the next try must come. A message could hold personal data, its type cannot.
            log.error("exchange broke off: %s", type(error).__name__)
        return NOTHING
