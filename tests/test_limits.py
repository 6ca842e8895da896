"""The insurer's limits: set at the hub, sent down like any record, said early and kept at the counter."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from flask import Flask
from sqlite_utils import Database

from commands.importing import import_lines
from demo.applications import applications as generated
from domain.errors import NotFound, Refused
from domain.limits import Limits, Room
from hub import limits as told
from hub.installation import Installation
from settings import Settings
from store import drafts, ledger, limits, submissions
from store.clock import after, today
from store.connection import write
from store.rehearsal import differing
from store.staff import Staff
from sync.enrolment import read_document, take
from sync.once import exchange_once
from tests.browser import Browser
from tests.courier import carried
from tests.enrolment import PRODUCT, enrol
from tests.insurer import Counter, application
from tests.online import Hub, hub_for, submit
from tests.pair import STAMP, Pair, new_pair
from tests.sample import changed


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


@pytest.fixture
def online(app: Flask, settings: Settings, db: Database, tmp_path: Path) -> Iterator[Hub]:
    """A hub that is up; the point is enrolled with it and up to date."""
    with hub_for(settings, tmp_path / "hub") as hub:
        with write(db):
            take(db, read_document(hub.document))
        yield hub


def alone_for(db: Database, days: float) -> None:
    """Let the hub's last word be *days* old."""
    db.execute("UPDATE contact SET answered_at = ?", [ago(days)])


def ago(days: float) -> str:
    """Return the moment *days* before now."""
    return after(-timedelta(days=days))


@pytest.mark.parametrize(
    ("room", "near", "reached"),
    [
        (Room(Limits(), 9999, 9999), [], None),
        (Room(Limits(days=10, records=100), 7, 79), [], None),
        (Room(Limits(days=10, records=100), 8, 0), ["limits.days_left"], None),
        (Room(Limits(days=10, records=100), 0, 80), ["limits.records_left"], None),
        (Room(Limits(days=10, records=100), 9, 99), ["limits.days_left", "limits.records_left"], None),
        (Room(Limits(days=10), 10, 9999), ["limits.days_left"], "limits.days"),
        (Room(Limits(records=100), 9999, 101), ["limits.records_left"], "limits.records"),
    ],
)
def test_it_says_so_from_eighty_percent_on(room: Room, near: list[str], reached: str | None):
    assert [problem.code for problem in room.near] == near
    assert (room.reached.code if room.reached else None) == reached


def test_a_newer_hubs_words_are_no_hindrance():
    assert msgspec.json.decode(b'{"days": 3, "weight": 7}', type=Limits) == Limits(days=3)


def test_without_a_record_of_the_hub_nothing_is_limited(pair: Pair):
    pair.submit(3)
    alone_for(pair.db, 9999)
    assert limits.room(pair.db) == Room()
    submissions.submit(pair.db, application(STAMP), "示例")


def test_the_newest_limits_come_down_and_alone_hold(pair: Pair, tmp_path: Path):
    told.tell(pair.hub, Limits(days=3, records=5))
    told.tell(pair.hub, Limits(records=7), "JL")
    assert pair.exchange().complete
    pair.submit(2)
    assert limits.room(pair.db) == Room(Limits(records=7), 0, 2)
    assert differing(pair.db, tmp_path, "") == []
    told.tell(pair.hub, Limits())
    pair.exchange()
    assert limits.room(pair.db).limits == Limits()


def test_a_point_enrolled_later_begins_with_them(hub: Installation):
    told.tell(hub, Limits(days=30))
    late = Counter(hub, code="ZM").enrolled()
    late.send()
    assert [entry.kind for entry in late.down if entry.kind == "limits"] == ["limits"]


def test_limits_for_one_point_are_for_no_other(hub: Installation):
    one, other = Counter(hub).enrolled(), Counter(hub, code="ZM").enrolled()
    assert told.tell(hub, Limits(days=30), "ZM") == ["ZM"]
    for point in (one, other):
        point.send()
    assert ["limits" in [entry.kind for entry in point.down] for point in (one, other)] == [False, True]


def test_a_point_nobody_enrolled_cannot_be_told(hub: Installation):
    with pytest.raises(NotFound):
        told.tell(hub, Limits(days=30), "ZZ")


def test_at_the_limit_new_applications_stop_and_corrections_go_on(pair: Pair):
    told.tell(pair.hub, Limits(records=2))
    pair.exchange()
    last = [application(STAMP) for _ in range(2)]
    for one in last:
        submissions.submit(pair.db, one, "示例")
    with pytest.raises(Refused, match="limits"):
        submissions.submit(pair.db, application(STAMP), "示例")
    submissions.submit(pair.db, changed(last[0], clerk="示例"), "示例", revises=1)
    assert pair.exchange().complete
    submissions.submit(pair.db, application(STAMP), "示例")


def test_what_is_on_a_stick_counts_until_it_is_confirmed(tmp_path: Path):
    pair = carried(tmp_path)
    told.tell(pair.hub, Limits(records=2))
    pair.exchange()
    pair.submit(2)
    pair.out()
    with pytest.raises(Refused, match="limits"):
        submissions.submit(pair.db, application(STAMP), "示例")
    pair.round()
    submissions.submit(pair.db, application(STAMP), "示例")


def test_days_alone_end_with_a_stick_that_comes_back_but_not_with_an_older_one(tmp_path: Path):
    pair = carried(tmp_path)
    told.tell(pair.hub, Limits(days=30))
    pair.exchange()
    pair.submit(1)
    assert pair.round().problem == ""
    pair.db.execute("UPDATE contact SET answered_at = ?, heard_at = ?", [ago(31), ago(31)])
    pair.db.execute("UPDATE bundled SET made_at = ?", [ago(31)])
    pair.home()
    with pytest.raises(Refused, match="limits"):
        submissions.submit(pair.db, application(STAMP), "示例")
    pair.round()
    assert limits.room(pair.db).days == 0
    submissions.submit(pair.db, application(STAMP), "示例")


@pytest.mark.parametrize("days", [3.1, -3.1])
def test_days_alone_stop_new_applications_whichever_way_the_clock_was_set(pair: Pair, days: float):
    told.tell(pair.hub, Limits(days=3))
    pair.exchange()
    alone_for(pair.db, days)
    with pytest.raises(Refused, match="limits"):
        submissions.submit(pair.db, application(STAMP), "示例")
    pair.exchange()
    submissions.submit(pair.db, application(STAMP), "示例")


def test_a_point_that_never_heard_its_hub_counts_from_its_enrolment(pair: Pair):
    with write(pair.db):
        pair.db.execute("INSERT INTO limits (id, days) VALUES (1, 1)")
    assert limits.room(pair.db).days == 0
    pair.db.execute("UPDATE installation SET enrolled_at = '2020-01-01T00:00:00Z'")
    assert limits.room(pair.db).reached


def test_the_counter_is_told_early_and_at_the_limit_in_words(
    signed_in: Browser, online: Hub, db: Database, settings: Settings
):
    told.tell(online.installation, Limits(records=5))
    exchange_once(db, settings.keys)
    submit(db, 3)
    assert "请尽快同步" not in signed_in.get("/").text
    submit(db)
    assert all("再提交1份申请" in signed_in.get(page).text for page in ("/", "/sync"))
    submit(db)
    assert all("已有5份申请等保险公司确认，暂时不能提交新申请" in signed_in.get(page).text for page in ("/", "/sync"))
    assert signed_in.get("/drafts/new").status_code == 200


def test_a_submission_beyond_the_limit_keeps_its_draft(
    signed_in: Browser, online: Hub, db: Database, settings: Settings, clerk: Staff, tmp_path: Path
):
    told.tell(online.installation, Limits(days=1))
    exchange_once(db, settings.keys)
    record = application(STAMP)
    drafts.start(db, str(record.record_id), clerk.id, {"start": {}})
    alone_for(db, 1.5)
    with pytest.raises(Refused):
        submissions.submit(db, record, clerk.id)
    assert len(drafts.mine(db, clerk.id)) == 1
    assert ledger.count(db).total == 0


def test_an_import_stops_at_the_limit_line_by_line(db: Database, settings: Settings, tmp_path: Path):
    enrol(db)
    with write(db):
        db.execute("INSERT INTO limits (id, records) VALUES (1, 1)")
    file = tmp_path / "lines"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, generated(PRODUCT, today(), 2, seed=7))))
    with file.open("rb") as lines:
        imported, refused = import_lines(db, settings, lines)
    assert (imported.result, refused.result, refused.reasons[0].code) == ("imported", "refused", "limits.records")
    assert "暂时不能提交新申请" in refused.reasons[0].zh


@pytest.fixture
def flask(hub_app: Flask, counter: Counter):
    def run(*arguments: str) -> Result:
        return hub_app.test_cli_runner().invoke(args=("limits", *arguments))

    return run


def test_the_command_sets_lists_and_lifts(flask, hub: Installation):
    assert flask("set", "--days", "30", "--records", "200").stdout == "JL\n"
    assert flask("set", "--records", "9", "--point", "JL").stdout == "JL\n"
    assert flask("list").stdout.splitlines() == ["*       days 30  records 200", "JL      days -  records 9"]
    flask("lift")
    assert "days -  records -" in flask("list").stdout.splitlines()[0]


@pytest.mark.parametrize("wrong", [("set",), ("set", "--days", "0"), ("set", "--days", "3", "--point", "ZZ")])
def test_the_command_refuses_what_limits_nothing_or_nobody(flask, wrong: tuple[str, ...]):
    refused = flask(*wrong)
    assert refused.exit_code
    assert refused.stderr
