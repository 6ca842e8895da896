"""The point's application enrolled with a hub that is really served, by the document a person would carry."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlite_utils import Database

from hub import create_app
from hub.enrolment import enrol
from hub.installation import Installation
from hub.store.points import Point
from settings import Settings
from store import applications
from store.connection import write
from sync.once import point_key
from tests.insurer import application, settings, with_product
from tests.pair import STAMP
from tests.served import served
from wire.entry import Entry


@dataclass(frozen=True)
class Hub:
    """A hub that answers at its address, and the document that takes a point in."""

    installation: Installation
    document: bytes


@contextmanager
def hub_for(point: Settings, folder: Path) -> Iterator[Hub]:
    """Serve a hub with the sample product that knows the key of *point*."""
    app = create_app(settings(folder))
    here = with_product(app.config["INSTALLATION"])
    with served(app) as url:
        enrolment = enrol(here, Point(STAMP, "540234", ""), point_key(point.keys).public, url)
        yield Hub(here, msgspec.json.encode(enrolment))


def submit(db: Database, count: int = 1) -> list[Entry]:
    """Take *count* applications at the point."""
    entries = []
    for _ in range(count):
        with write(db):
            entries.append(applications.append(db, application(STAMP), "示例柜员"))
    return entries
