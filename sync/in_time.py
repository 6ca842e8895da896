"""Requests that end in time (限时): urllib3 bounds each silence, but a byte now and then is no silence."""

import os
import socket
from contextlib import suppress
from threading import Timer
from typing import Self


class Watch:
    """Ends whatever a request waits for *seconds* after it began: the handshake, the headers or the rest."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.late = False
        self._line: socket.socket | None = None

    def __enter__(self) -> Self:
        self.late = False
        self._timer = Timer(self.seconds, self._end)
        self._timer.daemon = True
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self._timer.join()
        self._let_go()

    def over(self, line: socket.socket) -> None:
        """Watch *line*: what is wrapped around it later does not matter, nor who closes it first."""
        self._let_go()
        self._line = socket.socket(fileno=os.dup(line.fileno()))

    def _end(self) -> None:
        self.late = True
        with suppress(OSError):
            if self._line:
                self._line.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._line:
            self._line.close()
            self._line = None
