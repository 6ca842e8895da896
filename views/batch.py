"""Printing the pile (批量打印) beside the page that asked for it: one document for each kind of paper and language."""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask import copy_current_request_context, current_app
from sqlite_utils import Database

from domain.errors import Conflict, NotFound, PrintFailed, TshegError
from domain.print import Print
from domain.uuid7 import new_uuid7
from domain.words import PaperSize, ScriptOrder
from settings import Settings
from store.pile import Waiting
from views.pressing import Cancelled, patiently, pressed_together
from views.print_run import explained, make, numbered
from views.printout import Printout

log = logging.getLogger(__name__)
_one_begins = threading.Lock()
Tray = tuple[PaperSize, ScriptOrder]
Made = tuple[Waiting, list[Printout]]


class Sheet(NamedTuple):
    """One place of the pile in a document, and by its id what the journal will say of each of its papers."""

    waiting: Waiting
    prints: dict[str, Print]


class Document(NamedTuple):
    """Papers of one size and order, one after the other in one PDF."""

    tray: Tray
    pdf: bytes
    sheets: list[Sheet]


@dataclass
class Batch:
    """Papers of the pile under way. *total* counts every paper twice: it is made alone first, so that one that cannot
    be made holds up no other, then laid into its document.
    """

    waiting: Sequence[Waiting]
    id: str = field(default_factory=new_uuid7)
    done: int = 0
    documents: list[Document] = field(default_factory=list)
    failures: dict[int, TshegError] = field(default_factory=dict)
    opened: set[int] = field(default_factory=set)
    running: bool = True
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def total(self) -> int:
        """How many steps there are."""
        return 2 * len(self.waiting)

    def run(self, db: Database, settings: Settings) -> None:
        """Make every document, until somebody says stop."""
        try:
            for tray, made in self._made(db, settings).items():
                self._lay_together(tray, made)
        except Cancelled:
            self.documents.clear()
        finally:
            self.running = False

    def _made(self, db: Database, settings: Settings) -> dict[Tray, list[Made]]:
        made: dict[Tray, list[Made]] = defaultdict(list)
        for one in self.waiting:
            try:
                printouts = make(db, settings, explained(db, one.wanted))
                made[one.wanted.size, one.wanted.order].append((one, printouts))
            except TshegError as error:
                self.failures[one.id] = error
            except Exception as error:
                log.error("paper not made: %s", type(error).__name__)
                self.failures[one.id] = PrintFailed("paper.failed")
            self._step()
        return made

    def _lay_together(self, tray: Tray, made: list[Made]) -> None:
        before, papers = self.done, [each.paper for _, printouts in made for each in printouts]
        try:
            pdf = pressed_together(papers, tray[1], lambda count: self._step(before + len(made) * count // len(papers)))
        except TshegError as error:
            self.failures |= {one.id: error for one, _ in made}
            return
        self.documents.append(Document(tray, pdf, [_sheet(one, printouts) for one, printouts in made]))

    def _step(self, done: int | None = None) -> None:
        if self.stop.is_set():
            raise Cancelled
        self.done = self.done + 1 if done is None else done


def _sheet(waiting: Waiting, printouts: list[Printout]) -> Sheet:
    return Sheet(waiting, {print_id: each.about for print_id, each in numbered(new_uuid7(), printouts)})


def current() -> Batch | None:
    """Return the batch of this point, under way or waiting for what came of it, or None."""
    return current_app.extensions.get("batch")


def find(batch_id: str) -> Batch:
    """Return the batch with this id; raise NotFound when there is another or none any more."""
    batch = current()
    if batch is None or batch.id != batch_id:
        raise NotFound("paper.batch_gone")
    return batch


def begin(waiting: Sequence[Waiting], settings: Settings, open_database: Callable[[], Database]) -> Batch:
    """Start a batch on a connection of its own; raises Conflict while another is under way."""
    with _one_begins:
        under_way = current()
        if under_way and under_way.running:
            raise Conflict("paper.batch_running")
        batch = current_app.extensions["batch"] = Batch(waiting)

    @copy_current_request_context
    def work() -> None:
        db = open_database()
        try:
            with patiently():
                batch.run(db, settings)
        finally:
            db.conn.close()

    threading.Thread(target=work, name="batch", daemon=True).start()
    return batch


def forget() -> None:
    """Let go of the batch and its documents."""
    current_app.extensions.pop("batch", None)
