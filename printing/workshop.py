"""The workshop (印刷间): a process of its own that prints, warm from one paper to the next.

What hangs or dies there is replaced, and costs the counter a message: never the counter itself.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any
from weakref import finalize

from domain.errors import Unavailable
from printing.paper import Paper
from printing.pipes import listen, packed, tell

ROOT = Path(__file__).parent.parent
SECONDS = 30.0


class Workshop:
    """Prints for one counter, one job after the other; *plates* is the folder where plates are kept.

    After so many *seconds* without a word from the process it is replaced, whether it heard what was asked or not.
    """

    def __init__(self, plates: Path, seconds: float = SECONDS) -> None:
        self.plates, self.seconds = plates, seconds
        self._one_at_a_time = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._send_home: Callable[[], object] = lambda: None
        self._told: Queue[bytes | None] = Queue()
        self._said: Queue[tuple[str, Any] | None] = Queue()

    def render(self, paper: Paper, order: str) -> bytes:
        """Return *paper* as PDF; raises Unavailable when it cannot be printed."""
        return self.render_all([paper], order)

    def render_all(self, papers: Sequence[Paper], order: str, progress: Callable[[int], None] | None = None) -> bytes:
        """Return *papers* as one PDF; *progress* is told how many are done. Raises Unavailable."""
        with self._one_at_a_time:
            try:
                return self._printed(papers, order, progress)
            except Empty:
                self._stop()
                raise Unavailable("paper.too_slow") from None
            except OSError:
                self._stop()
                raise Unavailable("paper.failed") from None
            except Unavailable:
                raise
            except BaseException:  # somebody said stop: what is still said of this job is nobody's
                self._stop()
                raise

    def warm(self) -> None:
        """Start the process before it is needed."""
        with self._one_at_a_time:
            self._running()

    def prepare(self, papers: Sequence[Paper], order: str) -> None:
        """Have the plates of *papers* made while nobody prints; does not wait for it, and does not mind if it fails.

        Raises Unavailable while something is printed.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            raise Unavailable("paper.busy")
        try:
            self._ask(papers, order, "prepare")
        except OSError:
            self._stop()
        finally:
            self._one_at_a_time.release()

    @property
    def process(self) -> int:
        """The number of the process, or 0 while there is none."""
        return self._process.pid if self._process else 0

    def close(self) -> None:
        """Send the process home."""
        with self._one_at_a_time:
            self._stop()

    def _printed(self, papers: Sequence[Paper], order: str, progress: Callable[[int], None] | None) -> bytes:
        """Ask and wait for the answer; a process that is found dead, or dies of something else, is asked anew once."""
        try:
            self._ask(papers, order)
            return self._answer(progress)
        except BrokenPipeError:
            self._stop()
            self._ask(papers, order)
            return self._answer(progress)

    def _ask(self, papers: Sequence[Paper], order: str, kind: str = "print") -> None:
        asked = packed((kind, list(papers), order))
        self._running()
        self._told.put(asked)

    def _answer(self, progress: Callable[[int], None] | None) -> bytes:
        while said := self._said.get(timeout=self.seconds):
            kind, value = said
            if kind == "pdf":
                return bytes(value)
            if kind == "failed":
                raise Unavailable("paper.failed")
            if progress:
                progress(value)
        raise BrokenPipeError

    def _running(self) -> None:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._begin()

    def _begin(self) -> None:
        command = [sys.executable, "-m", "printing.worker", str(self.plates)]
        # Only our own module runs; nothing that anybody typed stands in the command.
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._process, self._told, self._said = process, Queue(), Queue()
        self._send_home = finalize(self, _sent_home, process, self._told)
        Thread(target=tell, args=(process.stdin, self._told), daemon=True).start()
        Thread(target=listen, args=(process.stdout, self._said), daemon=True).start()

    def _stop(self) -> None:
        self._send_home()
        self._process = None


def _sent_home(process: subprocess.Popen[bytes], told: Queue[bytes | None]) -> None:
    process.kill()
    process.wait()
    told.put(None)
