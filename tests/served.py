"""A web application served on this machine by the production server, in a thread of the test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress import create_server

from scripts.server import IN_MEMORY, PASSING

THREADS = 4


@contextmanager
def served(app: Any) -> Iterator[str]:
    """Serve *app* and yield its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=THREADS, inbuf_overflow=IN_MEMORY, **PASSING)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Who is still answering comes to an end first: only what lies in a connection is closed with it.
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: server.asyncore.close_all(server._map))
        thread.join()
