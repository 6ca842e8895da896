"""Killed at any moment on both sides of an exchange: the hub has everything once, and all that was confirmed."""

import time
from pathlib import Path
from random import Random

import msgspec
import pytest
from flask import Flask
from sqlalchemy import select
from sqlite_utils import Database

from hub.enrolment import enrol
from hub.installation import Installation, open_installation
from hub.store import journal as hub_journal
from hub.store import tables
from hub.store.engine import read
from hub.store.points import Point
from settings import Settings
from store import journal
from store.connection import write
from store.rehearsal import differing
from sync.enrolment import read_document, take
from sync.once import exchange_once, point_key
from tests import insurer, workers
from tests.killing import Victim, figure, often, running, seeded, start
from tests.launched import free_port
from tests.pair import STAMP

KILLS = 110
POLLS = 50
MOST_TRIES = 200
Places = list[tuple[str, str, int, bytes]]


@pytest.fixture
def tmp_path(disk: Path) -> Path:
    """Where a commit takes its time, so that many are killed in the middle of one."""
    return disk


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def hub(app: Flask, settings: Settings, db: Database, port: int, tmp_path: Path) -> Installation:
    """A hub, not yet served, with which the point is enrolled."""
    here = insurer.with_product(open_installation(insurer.settings(tmp_path / "hub")))
    url = f"http://127.0.0.1:{port}"
    document = enrol(here, Point(STAMP, "540234", ""), point_key(settings.keys).public, url)
    with write(db):
        take(db, read_document(msgspec.json.encode(document)))
    return here


def at_the_hub(hub: Installation) -> Places:
    columns = [tables.entry.c[name] for name in ("producer", "epoch", "seq", "hash")]
    with read(hub.engine) as connection:
        return sorted(tuple(row) for row in connection.execute(select(*columns)))


def at_the_point(db: Database) -> Places:
    return sorted(tuple(row) for row in db.execute("SELECT producer, epoch, seq, hash FROM journal"))


def is_confirmed_in_vain(db: Database, hub: Installation) -> bool:
    """Say whether the point shows "confirmed" up to an entry that the hub does not hold."""
    mark = db.execute("SELECT epoch, acked, acked_hash FROM mark WHERE acked > 0").fetchone()
    if mark is None:
        return False
    entry = tables.entry.c
    held = select(entry.hash).where(entry.producer == "JL", entry.epoch == mark[0], entry.seq == mark[1])
    with read(hub.engine) as connection:
        return bool(connection.scalar(held) != mark[2])


def kill_during_exchange(point: Victim, chance: Random) -> None:
    point.listen()
    time.sleep(chance.uniform(0, 0.05))
    point.kill()


def test_after_any_kills_the_hub_has_everything_exactly_once(
    hub: Installation, settings: Settings, db: Database, port: int
):
    chance = seeded()
    serving = _served(hub, port)
    kills = rounds = 0
    while kills < often(KILLS):
        point = start(workers.exchange, settings.data)
        if kills + 1 < often(KILLS) and chance.random() < 0.5:
            point.listen()
            time.sleep(chance.uniform(0, 0.05))
            serving.kill()
            serving = _served(hub, port)
            kills += 1
        kill_during_exchange(point, chance)
        kills, rounds = kills + 1, rounds + 1
        assert not is_confirmed_in_vain(db, hub)
    assert exchange_once(db, settings.keys).complete
    for _ in range(POLLS):
        if answers(db) == {1}:  # many at once are judged after the answer
            break
        assert exchange_once(db, settings.keys).complete
    serving.kill()
    assert at_the_hub(hub) == at_the_point(db)
    assert answers(db) == {1}
    assert db.execute("SELECT acked FROM mark").fetchone()[0] > rounds
    assert (journal.verify(db), differing(db, settings.cache, "")) == ([], [])
    with read(hub.engine) as connection:
        assert hub_journal.verify(connection) is None
    figure("crash.kills.exchange", kills, "kills")
    figure("crash.confirmed.exchange", len(at_the_hub(hub)), "entries")


def _served(hub: Installation, port: int) -> Victim:
    victim = start(workers.serve_hub, hub.settings.data, port)
    victim.listen()
    return victim


def answers(db: Database) -> set[int]:
    """Return how many decisions the applications have, each number once."""
    rows = db.execute(
        "SELECT (SELECT count(*) FROM decision WHERE decision.application = application.record_id) FROM application"
    )
    return {row[0] for row in rows}


def test_the_same_kills_find_a_planted_bug(hub: Installation, settings: Settings, db: Database, port: int):
    chance = seeded()
    with running(workers.serve_hub, hub.settings.data, port) as serving:
        serving.listen()
        for _ in range(MOST_TRIES):
            kill_during_exchange(start(workers.exchange_hastily, settings.data), chance)
            if is_confirmed_in_vain(db, hub):
                return
    pytest.fail("an application confirmed before the hub had it was never found: the kills come too gently")
