"""Pictures travel after the records (照片传送), in pieces that are signed like every message and resume where it broke.

What the hub holds is known by its own signed word only. Before a piece leaves that word is marked as old; without a
fresh one the hub is asked first.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from store import attachments, deliveries
from store.connection import write
from store.deliveries import Waiting
from sync.errors import WeakLine
from sync.pace import Pace
from wire.header import MOST_FILES, FileProblem, Held, Piece

SMALLEST, FIRST, LARGEST = 8 << 10, 64 << 10, 256 << 10
ASKED_BESIDE = 16
PIECE_SECONDS = 8
SAID = {FileProblem.OVER_QUOTA.value: "sync.files_over_quota"}
Send = Callable[[Piece | None, bytes, list[Held]], tuple[Held, ...]]


@dataclass
class Pieces:
    """The pictures of one exchange: *send* brings a piece or a question and returns what the hub said of files.

    ``aside`` is what waits for another exchange, because the hub takes nothing of it; ``problem`` says why.
    """

    db: Database
    send: Send
    pace: Pace = field(default_factory=lambda: Pace(FIRST, SMALLEST, LARGEST, PIECE_SECONDS))
    asked: bool = False
    understood: bool = False
    problem: str = ""
    aside: set[bytes] = field(default_factory=set)

    def question(self) -> list[Held]:
        """Return what to ask beside the records, once: it saves a round before the first piece.

        And of the newest that was received whether it still is: a hub may be set back and lack nothing but pictures.
        """
        if self.asked:
            return []
        files = [file.sha256 for file in deliveries.unfinished(self.db)[:ASKED_BESIDE]]
        newest = deliveries.newest(self.db)
        return [Held(digest=digest) for digest in ([newest, *files] if newest else files)]

    def hear(self, question: Sequence[Held], said: Sequence[Held]) -> None:
        """Learn from an answer whether this hub knows files; one that says nothing of them gets no piece."""
        self.asked = self.asked or bool(question)
        self.understood = self.understood or bool(said)

    def next(self) -> bool:
        """Send one piece, or ask; say whether there may be more. Raises what the line raises."""
        files = [file for file in deliveries.waiting(self.db) if file.sha256 not in self.aside]
        if not files or (self.asked and not self.understood):
            return False
        if self.understood and files[0].sure:
            return self._send(files[0])
        return self._ask(files[:MOST_FILES])

    def _ask(self, files: list[Waiting]) -> bool:
        question = [Held(digest=file.sha256) for file in files]
        said = self.send(None, b"", question)
        self.hear(question, said)
        self.aside |= {one.digest for one in question} - {one.digest for one in said}
        return True

    def _send(self, file: Waiting) -> bool:
        data = attachments.data(self.db, file.sha256)
        if hashlib.sha256(data).digest() != file.sha256:
            self._put_aside(file.sha256, "picture.damaged")
            return True
        with write(self.db):
            deliveries.leaves(self.db, file.sha256)
        said = self._timed(file, data[file.held : file.held + self._most(file)])
        if said is not None:
            self._judge(file, said)
        return True

    def _most(self, file: Waiting) -> int:
        rest = file.size - file.held
        # A short rest would cost a round trip of its own.
        return rest if rest <= self.pace.size * 3 // 2 else self.pace.size

    def _timed(self, file: Waiting, data: bytes) -> tuple[Held, ...] | None:
        """Send *data*, the next of *file*; return what was said, or None where the line gave way and less may pass."""
        started = time.monotonic()
        try:
            said = self.send(Piece(digest=file.sha256, size=file.size, offset=file.held), data, [])
        except WeakLine:
            if not self.pace.weaken():
                raise
            return None
        if len(data) >= self.pace.size:
            self.pace.size = self.pace.after(len(data), time.monotonic() - started)
        return said

    def _judge(self, file: Waiting, said: Sequence[Held]) -> None:
        after = next((one for one in said if one.digest == file.sha256), Held(digest=file.sha256))
        if after.problem or after.held <= file.held:
            # Nothing came of it: thrown away there because its hash was wrong, or not wanted. Not again at once.
            self._put_aside(file.sha256, SAID.get(after.problem, "sync.file_not_taken"))

    def _put_aside(self, digest: bytes, problem: str) -> None:
        self.aside.add(digest)
        self.problem = problem
