"""The queue as the clerk sees it: every record not yet confirmed, how often it was tried and why it is still here."""

import json
import time
from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path

import pytest
from flask import Flask
from msgspec.structs import replace
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from sqlite_utils import Database

from domain.activity import Action
from settings import Settings
from store import activity, applications, installation, offers, queue, sessions
from store import exchange as marks
from store.connection import write
from store.staff import Staff
from sync.enrolment import read_document, take
from sync.errors import ExchangeFailed, WeakLine
from sync.lock import only_one
from sync.once import exchange_once, under_way
from sync.pace import FIRST, SHRINKAGE, SMALLEST
from tests.browser import Browser
from tests.online import Hub, hub_for, submit
from tests.pair import Pair, new_pair
from tests.served import served
from tests.test_journey import Person
from views import sync as page


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return new_pair(tmp_path)


@pytest.fixture
def hub(app: Flask, settings: Settings, db: Database, tmp_path: Path) -> Iterator[Hub]:
    with hub_for(settings, tmp_path / "hub") as hub:
        with write(db):
            take(db, read_document(hub.document))
        yield hub


def no_link(_message: bytes) -> bytes:
    raise ExchangeFailed("sync.no_link")


def weak(_message: bytes) -> bytes:
    raise WeakLine


def total(browser: Browser) -> int:
    return int(json.loads(browser.get("/sync/state").data)["total"])


def states(db: Database) -> list[tuple[str, int, str]]:
    return [(item.state, item.tries, item.problem) for item in queue.page(db)]


def test_it_lists_what_is_not_confirmed_in_the_order_of_sending(pair: Pair):
    entries = pair.submit(2)
    with write(pair.db):
        activity.append(pair.db, "示例", Action.SIGNED_IN)
    first, second, third = queue.page(pair.db)
    assert [item.kind for item in (first, second, third)] == ["application", "application", "activity"]
    assert (first.size, second.size) == tuple(len(entry.body) for entry in entries)
    assert first.reference.startswith("JL") and not third.reference
    assert states(pair.db) == [("pending", 0, "")] * 3


def test_each_try_counts_and_the_last_one_says_why(pair: Pair):
    pair.submit(1)
    pair.line.up = no_link
    pair.exchange()
    pair.exchange()
    assert states(pair.db) == [("sent", 2, "sync.no_link")]
    pair.submit(1)
    assert states(pair.db) == [("sent", 2, "sync.no_link"), ("pending", 0, "")]


def test_a_confirmed_record_leaves_the_queue_and_its_tries_are_forgotten(pair: Pair):
    pair.submit(2)
    pair.line.down = no_link
    pair.exchange()
    pair.line.down = bytes
    assert pair.exchange().complete
    assert queue.page(pair.db) == []
    assert pair.db.execute("SELECT count(*) FROM offer").fetchone()[0] == 0


def test_only_what_was_in_the_message_was_tried(pair: Pair, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sync.rounds.MOST_ENTRIES", 2)
    pair.submit(3)
    pair.line.up = no_link
    pair.exchange()
    assert [item.tries for item in queue.page(pair.db)] == [1, 1, 0]


def test_a_weak_line_counts_every_smaller_message(pair: Pair):
    pair.submit(1)
    pair.line.up = weak
    pair.exchange()
    sizes = takewhile(lambda size: size >= SMALLEST, (FIRST // SHRINKAGE**step for step in count()))
    assert states(pair.db) == [("sent", len(list(sizes)), "sync.weak_line")]


def test_a_frozen_stream_is_shown_frozen_and_is_no_longer_expected_to_move(pair: Pair):
    (entry,) = pair.submit(1)
    with write(pair.db):
        marks.freeze(pair.db, entry.producer, entry.epoch)
    assert states(pair.db) == [("frozen", 0, "")]
    assert (queue.load(pair.db).records, queue.load(pair.db).bytes) == (1, 0)


def test_pages_follow_each_other_without_a_hole_also_across_a_restore(pair: Pair):
    pair.submit(3)
    with write(pair.db):
        pair.db.execute(
            "INSERT INTO epoch (producer, epoch, started_at, reason) VALUES ('JL', 'zz', '2026-11-20', 'restored')"
        )
    pair.submit(4)
    whole = queue.page(pair.db)
    assert len(whole) == queue.load(pair.db).records == 7
    for size in (1, 2, 3, 5):
        parts = [item for skip in range(0, 7, size) for item in queue.page(pair.db, skip, size)]
        assert parts == whole


def test_an_estimate_is_made_only_from_what_was_measured(pair: Pair):
    pair.submit(1)
    assert queue.load(pair.db).seconds is None
    pair.line.up = no_link
    pair.exchange()
    assert queue.load(pair.db).seconds is None
    pair.line.up = bytes
    pair.exchange()
    assert queue.load(pair.db).seconds is None
    pair.submit(2)
    load = queue.load(pair.db)
    assert load.pace and load.seconds == pytest.approx(load.bytes / load.pace)


def test_the_pace_is_that_of_the_last_batches(pair: Pair):
    (entry,) = pair.submit(1)
    size = len(entry.body) + marks.LINE_BYTES
    with write(pair.db):
        for seconds in [1000.0] * 20 + [2.0] * offers.REMEMBERED:
            offers.measured(pair.db, [entry], seconds)
    assert offers.pace(pair.db) == pytest.approx(size / 2)


def test_the_page_says_in_words_what_waits_and_why(signed_in: Browser, hub: Hub, db: Database, settings: Settings):
    submit(db)
    exchange_once(db, settings.keys)
    assert "没有等待确认的资料" in signed_in.get("/sync").text
    submit(db, 2)
    with write(db):
        installation.enrol(db, replace(installation.get(db), hub_url="http://127.0.0.1:9"))
    exchange_once(db, settings.keys)
    text = signed_in.get("/sync").text
    for said in ("还没有确认的 2 条", "投保申请", "已传未确认", "试传次数", "压缩前", "按最近实测的速度", "不能跳过"):
        assert said in text


def test_a_record_returned_for_correction_is_shown_with_the_way_to_it(
    signed_in: Browser, hub: Hub, db: Database, settings: Settings
):
    submit(db)
    exchange_once(db, settings.keys)
    db.execute("UPDATE application SET outcome = 'quarantined'")
    text = signed_in.get("/sync").text
    assert "退回更正" in text
    assert f"/applications/{applications.page(db)[0].reference}" in text


def test_a_long_exchange_is_watched_instead_of_waited_for(
    signed_in: Browser, hub: Hub, db: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    submit(db, 4)
    monkeypatch.setattr(page, "PATIENCE_SECONDS", 0)
    with only_one(settings.keys / "exchange.lock"):
        with write(db):
            offers.began(db, "2026-11-20T00:00:00Z", 5)
        answer = signed_in.submit("/sync")
        assert answer.location == "/sync/watch"
        text = signed_in.get(answer.location).text
        assert 'max="5" value="1"' in text
        assert 'http-equiv="refresh" content="5; url=/sync/watch"' in text
        assert total(signed_in) == 5
        assert under_way(settings.keys)
    while queue.load(db).records or under_way(settings.keys):
        time.sleep(0.05)
    assert "http-equiv" not in signed_in.get("/sync/watch").text
    assert total(signed_in) == 0


@pytest.mark.parametrize(("url", "active"), [("/sync/state", False), ("/sync/watch", False), ("/sync", True)])
def test_a_page_that_asks_by_itself_is_nobodys_activity(
    signed_in: Browser, db: Database, monkeypatch: pytest.MonkeyPatch, url: str, active: bool
):
    before = sessions.find(db, signed_in.token())
    later = time.time() + 2 * sessions.SEEN_EVERY
    monkeypatch.setattr(time, "time", lambda: later)
    assert signed_in.get(url).status_code == 200
    after = sessions.find(db, signed_in.token())
    assert before and after
    assert (after.seen_at > before.seen_at) is active


def test_a_locked_counter_tells_nothing_to_a_page_that_asks_by_itself(
    signed_in: Browser, monkeypatch: pytest.MonkeyPatch
):
    later = time.time() + 3600
    monkeypatch.setattr(time, "time", lambda: later)
    assert signed_in.get("/sync/state").location.startswith("/session/lock")


def test_the_queue_on_a_narrow_screen_follows_an_exchange_by_itself(
    app: Flask, hub: Hub, db: Database, settings: Settings, clerk: Staff, chromium: Chromium
):
    token = Browser(app).sit_down(db, clerk).cookie()
    exchange_once(db, settings.keys)
    submit(db, 3)
    with served(app) as url:
        person = Person(chromium, url, "zh", "queue")
        person.page.context.add_cookies([{"name": "tsheg", "value": token, "url": url}])
        person.page.goto("/sync")
        expect(person.page.locator(".records tbody tr")).to_have_count(3)
        person.look("waiting")
        with only_one(settings.keys / "exchange.lock"):
            with write(db):
                offers.began(db, "2026-11-20T00:00:00Z", 6)
            person.page.goto("/sync/watch")
            bar = person.page.locator("progress")
            assert bar.evaluate("bar => bar.value / bar.max") == 0.5
            submit(db)
            expect(bar).to_have_js_property("value", 2)
            expect(person.page.locator("output")).to_have_text("2/6")
            expect(person.page.locator("[data-left]")).to_contain_text("按最近实测的速度")
            person.look("progress")
        expect(bar).to_have_count(0)
        with person.page.expect_navigation():
            person.page.get_by_role("button", name="现在同步").click()
        expect(person.page.get_by_text("没有等待确认的资料。")).to_be_visible()
        person.look("confirmed")
        assert person.complaints == []
