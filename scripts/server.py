"""One served application: ``python -m scripts.server serve:create_app 5000``, as the launcher's child."""

import contextlib
import ctypes
import logging
import pkgutil
import signal
import sys

from flask import Flask
from waitress import create_server

HOST = "127.0.0.1"
# A county comes back on the grid in one second: it waits in a queue here, not outside with its patience running.
ROOM = {"threads": 8, "backlog": 4096, "connection_limit": 2000, "asyncore_use_poll": True}
# What a proxy says of the phone behind it passes; the program believes as many as TSHEG_PROXY says there are.
PASSING = {"clear_untrusted_proxy_headers": False}
PR_SET_PDEATHSIG = 1
# Waitress would write what is larger to a temporary file: photographs of papers as they were taken.
IN_MEMORY = 64 << 20


def main(factory: str, port: str) -> None:
    """Serve what *factory* makes, on this machine only, until interrupted or until the launcher is gone.

    Once it takes connections it prints one line: the code that lets the first person in, or nothing.
    """
    _die_with_launcher()
    app = pkgutil.resolve_name(factory)()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = create_server(app, host=HOST, port=int(port), inbuf_overflow=IN_MEMORY, **ROOM, **PASSING)
    sys.stdout.write(f"{_set_up_code(app)}\n")
    sys.stdout.flush()
    server.run()


def _set_up_code(app: Flask) -> str:
    made = app.test_cli_runner().invoke(args=["setup-code"])
    return made.stdout.strip() if made.exit_code == 0 else ""


def _die_with_launcher() -> None:
    # However the launcher ends, even by a kill, the kernel ends this process too.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main(*sys.argv[1:])
