"""A thread of the serving process judges what waits: at the start, at once when told, and from time to time."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import OperationalError, TimeoutError

from hub import backlog
from hub.installation import Installation

SECONDS = 30
_news = threading.Event()
log = logging.getLogger(__name__)


def wake() -> None:
    """Say that something waits to be judged."""
    _news.set()


class Background:
    """The thread. What another process left behind, by a crash too, is found within *seconds*."""

    def __init__(self, here: Installation, seconds: float = SECONDS) -> None:
        self.here = here
        self.seconds = seconds
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._keep_at_it, name="judge", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self.thread.start()

    def stop(self) -> None:
        """End after the pieces that are under way."""
        self.stopped.set()
        wake()
        self.thread.join()

    def _keep_at_it(self) -> None:
        while not self.stopped.is_set():
            _news.clear()
            while self._attempt(self._round) and not self.stopped.is_set():
                pass
            _news.wait(self.seconds)

    def _round(self) -> int:
        # A piece of each point in turn: nobody waits for another's weeks.
        return sum(self._attempt(backlog.take_up, self.here, point) for point in backlog.points(self.here))

    def _attempt(self, act: Callable[..., int], *arguments: object) -> int:
        try:
            return act(*arguments)
        except (OperationalError, TimeoutError) as error:
            log.info("judging waits: %s", type(error).__name__)
        except Exception as error:
            # Whatever broke, the next point must come. A message could hold personal data, its type cannot.
            log.error("judging broke off: %s", type(error).__name__)
        return 0
