"""How long a request waited for a free thread (排队), and when to come again instead.

A point hangs up after half a minute and takes its line for a weak one. It had better hear in time that all of us
are busy: who waited too long is told so at once, which empties the queue for those who came after.
"""

import random
import time
from typing import Any

LONGEST = 8
SOONEST, LATEST = 5, 45


def too_long(environ: dict[str, Any]) -> bool:
    """Say whether the request of *environ* waited longer than LONGEST seconds; only waitress knows."""
    connection = getattr(environ.get("waitress.client_disconnected"), "__self__", None)
    return connection is not None and time.time() - connection.last_activity > LONGEST


def pause() -> int:
    """Return the seconds after which to come again, others for everybody: all at once would be the same again."""
    return random.randint(SOONEST, LATEST)  # noqa: S311 - nobody gains by guessing it
