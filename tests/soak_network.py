"""A hundred applications over a line that is slow and drops packets (on demand: it needs root and its own network)."""

from pathlib import Path

import msgspec
import pytest
from flask import Flask
from sqlite_utils import Database

from hub.enrolment import enrol
from hub.installation import Installation, open_installation
from hub.store.points import Point
from settings import Settings
from store import submissions
from store.connection import write
from sync.enrolment import read_document, take
from sync.once import point_key
from tests import insurer
from tests.faults import machine
from tests.faults.certificate import certificate_for
from tests.faults.namespaces import machines
from tests.killing import figure, running
from tests.pair import STAMP
from tests.test_crash_exchange import answers, at_the_hub, at_the_point
from tests.workers import CLERK

APPLICATIONS = 100
MOST_OVERHEAD = 1.3
PATIENCE = 700


@pytest.fixture
def hub(app: Flask, settings: Settings, db: Database, tmp_path: Path) -> Installation:
    """A hub that knows the point, where a hundred applications wait."""
    here = insurer.with_product(open_installation(insurer.settings(tmp_path / "hub")))
    document = enrol(here, Point(STAMP, "540234", ""), point_key(settings.keys).public, machine.URL)
    with write(db):
        take(db, read_document(msgspec.json.encode(document)))
    for _ in range(APPLICATIONS):
        submissions.submit(db, insurer.application(STAMP), CLERK)
    return here


@pytest.mark.parametrize(("kbit", "loss"), [(0, 0), (64, 0), (64, 10), (64, 30)])
def test_a_hundred_applications_arrive(
    hub: Installation, settings: Settings, db: Database, tmp_path: Path, kbit: int, loss: int
):
    certificate = certificate_for(machine.FAR, tmp_path / "server.pem")
    with machines(kbit, loss) as both, running(machine.serve, both.far, hub.settings.data, certificate) as serving:
        assert serving.listen() == "ready"
        before = both.carried()
        with running(machine.call, both.near, settings.data, certificate) as calling:
            told = calling.listen(PATIENCE)
        on_the_line = both.carried() - before
    assert told, "not all arrived"
    seconds, payload, failures = told
    assert at_the_hub(hub) == at_the_point(db)
    assert answers(db) == {1}
    # On a slow line without delay TCP first misjudges its pace and says much again: counted where it is not slow.
    assert kbit or on_the_line <= MOST_OVERHEAD * payload
    name = f"network.{kbit}_kbit.loss_{loss}"
    figure(f"{name}.milliseconds", int(seconds * 1000), "ms")
    figure(f"{name}.line", on_the_line, "bytes")
    figure(f"{name}.messages", payload, "bytes")
    figure(f"{name}.failures", failures, "exchanges")
