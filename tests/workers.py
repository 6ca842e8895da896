"""What the processes do that are killed: submit, serve, exchange. They tell only what they would show to people."""

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import waitress
from sqlalchemy.engine import URL
from sqlite_utils import Database

import app
import hub
import settings
from store import applications, installation, submissions
from store import exchange as marks
from store.connection import connect, write
from store.search_terms import terms_of
from sync import once
from tests import insurer
from tests.pair import STAMP
from wire.entry import Entry
from wire.header import Ack

Tell = Callable[[object], None]
CLERK = "示例柜员"
# What is imported at first use is imported here, once, before the processes part.
terms_of(insurer.application(STAMP))


def submit(tell: Tell, data: Path) -> None:
    """Take applications at the counter for ever; tell each reference once it is saved."""
    db = connect(settings.Settings(data=data).database)
    tell("ready")
    for _ in count():
        application = insurer.application(STAMP)
        submissions.submit(db, application, CLERK)
        tell(application.reference)


def submit_hastily(tell: Tell, data: Path) -> None:
    """The same with a bug planted: "saved" is shown before the commit."""
    db = connect(settings.Settings(data=data).database)
    tell("ready")
    for _ in count():
        application = insurer.application(STAMP)
        with write(db):
            applications.append(db, application, CLERK)
            tell(application.reference)


def serve_point(tell: Tell, data: Path, port: int) -> None:
    """Serve the point's pages as in production."""
    pages = app.create_app(settings.Settings(data=data, disk_reserve=0))
    _serve(tell, pages, port)


def serve_hub(tell: Tell, data: Path, port: int) -> None:
    """Serve the hub as in production."""
    _serve(tell, hub.create_app(insurer.settings(data)), port)


def serve_hub_on(tell: Tell, data: Path, port: int, server: URL) -> None:
    """Serve the hub with its database on *server*."""
    _serve(tell, hub.create_app(insurer.settings(data, server)), port)


def _serve(tell: Tell, pages: object, port: int) -> None:
    server = waitress.create_server(pages, host="127.0.0.1", port=port, threads=2)
    tell("ready")
    server.run()


def exchange(tell: Tell, data: Path) -> None:
    """Take applications and exchange, again and again; tell how each exchange ended."""
    here = settings.Settings(data=data)
    db = connect(here.database)
    stamp = installation.get(db).stamp
    tell("ready")
    for round_ in count():
        for _ in range(1 + round_ % 3):
            submissions.submit(db, insurer.application(stamp), CLERK)
        problem = once.exchange_once(db, here.keys).problem
        tell(problem)
        time.sleep(0.02 if problem else 0)


def exchange_by_the_clock(tell: Tell, data: Path) -> None:
    """The same; tell when each exchange ended, by the clock that all processes share, and its problem."""
    exchange(lambda problem: tell((time.monotonic(), problem)), data)


def exchange_hastily(tell: Tell, data: Path) -> None:
    """The same with a bug planted: what is sent counts as confirmed."""

    def confirm(db: Database, entry: Entry) -> None:
        ack = Ack(producer=entry.producer, epoch=entry.epoch, seq=entry.seq, hash=entry.hash, hub_time="")
        marks.record_ack(db, ack, b"")

    marks.mark_sent = confirm
    exchange(tell, data)
