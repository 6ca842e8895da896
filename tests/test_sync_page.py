"""The page of the exchange and its button: what is said is what the hub answered."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlite_utils import Database

from settings import Settings
from store import applications, attachments, deliveries, drafts, ledger
from store import exchange as marks
from store.connection import write
from store.staff import Staff
from sync.enrolment import read_document, take
from sync.lock import only_one
from tests.browser import Browser
from tests.online import Hub, hub_for, submit
from tests.photographs import announced
from views import sync as page

PICTURE = bytes(range(256)) * 8


@pytest.fixture
def hub(app: Flask, settings: Settings, db: Database, tmp_path: Path) -> Iterator[Hub]:
    """A hub that is up; the point is enrolled with it."""
    with hub_for(settings, tmp_path / "hub") as hub:
        with write(db):
            take(db, read_document(hub.document))
        yield hub


@pytest.fixture
def gone(app: Flask, settings: Settings, db: Database, tmp_path: Path) -> None:
    """A hub that was there once."""
    with hub_for(settings, tmp_path / "hub") as hub, write(db):
        take(db, read_document(hub.document))


@pytest.mark.parametrize("url", ["/sync", "/sync/state"])
def test_it_requires_somebody_signed_in(client: Browser, manager: object, url: str):
    assert client.get(url).status_code == 303


def test_the_button_requires_somebody_signed_in_and_a_token(client: Browser, signed_in: Browser):
    assert client.submit("/sync").location.startswith("/session")
    assert signed_in.post("/sync").status_code == 400


def test_the_button_brings_everything_to_the_hub_and_says_so(signed_in: Browser, hub: Hub, db: Database):
    submit(db, 3)
    answer = signed_in.submit("/sync")
    assert answer.status_code == 303
    assert ledger.count(db).confirmed == 3
    assert "保险公司新确认 3 条，发来 4 条" in signed_in.get(answer.location).text


def test_the_button_says_when_there_was_nothing(signed_in: Browser, hub: Hub):
    signed_in.submit("/sync")
    assert "没有新内容" in signed_in.get(signed_in.submit("/sync").location).text


def test_the_button_says_when_the_hub_is_not_there(signed_in: Browser, gone: None, db: Database):
    submit(db)
    said = signed_in.get(signed_in.submit("/sync").location).text
    assert "连不上保险公司平台" in said
    assert "保险公司新确认" not in said
    assert ledger.count(db) == ledger.Ledger(total=1, confirmed=0, sent=1, pending=0)


def test_the_button_says_when_the_point_is_not_enrolled(signed_in: Browser):
    assert "还没有在保险公司平台登记" in signed_in.get(signed_in.submit("/sync").location).text


def test_the_button_does_not_start_a_second_exchange(
    signed_in: Browser, hub: Hub, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(page, "WAIT_SECONDS", 0)
    with only_one(settings.keys / "exchange.lock"):
        assert "另一次传送正在进行" in signed_in.get(signed_in.submit("/sync").location).text


@pytest.mark.parametrize(
    ("referrer", "location"),
    [
        ("http://localhost/applications?q=x", "/applications?q=x"),
        ("http://localhost/", "/"),
        ("http://elsewhere.example/", "/sync"),
        ("http://localhost//elsewhere.example/", "/sync"),
        ("", "/sync"),
    ],
)
def test_the_button_goes_back_to_where_one_was(signed_in: Browser, referrer: str, location: str):
    token = signed_in.csrf_token()
    answer = signed_in.post("/sync", data={"csrf_token": token}, headers={"Referer": referrer})
    assert answer.location == location


def test_the_page_shows_the_link_the_counts_and_the_last_problem(signed_in: Browser, gone: None, db: Database):
    assert "还没有与保险公司核对过" in signed_in.get("/sync").text
    submit(db, 2)
    signed_in.submit("/sync")
    text = signed_in.get("/sync").text
    assert "现在连不上保险公司" in text
    assert "资料都在本机，联网后自动再传" in text
    assert "本机 2 份" in text


def test_the_page_sounds_the_alarm_for_a_frozen_stream(signed_in: Browser, hub: Hub, db: Database):
    (entry,) = submit(db)
    with write(db):
        marks.freeze(db, entry.producer, entry.epoch)
    said = signed_in.get("/sync").text
    assert 'role="alert"' in said
    assert "已停止传送，请联系保险公司核对" in said


def test_the_state_is_the_hubs_last_word_in_few_bytes(signed_in: Browser, hub: Hub, db: Database):
    submit(db, 2)
    assert json.loads(signed_in.get("/sync/state").data) == {
        "up": None,
        "answered_at": None,
        "waiting": 2,
        "total": 0,
        "left": "",
    }
    signed_in.submit("/sync")
    data = signed_in.get("/sync/state").data
    now = {"up": True, "answered_at": ledger.contact(db).answered_at}
    assert json.loads(data) == now | {"waiting": 0, "total": 0, "left": ""}
    assert len(data) < 100


def test_the_line_is_tested_by_a_button_and_by_a_command(signed_in: Browser, app: Flask, hub: Hub, db: Database):
    assert "保险公司平台有回答，签名正确：往返" in signed_in.get(signed_in.submit("/sync/test").location).text
    assert app.test_cli_runner().invoke(args=["sync", "test"]).exit_code == 0
    assert ledger.contact(db).tried_at is None


def test_a_test_that_reaches_nobody_says_so(signed_in: Browser, app: Flask, gone: None):
    assert "连不上保险公司平台" in signed_in.get(signed_in.submit("/sync/test").location).text
    assert app.test_cli_runner().invoke(args=["sync", "test"]).exit_code == 1


def test_the_page_says_when_it_tries_again_by_itself(signed_in: Browser, db: Database):
    assert "自动再传" not in signed_in.get("/sync").text
    with write(db):
        marks.next_try(db, 40)
    assert re.search("约 (39|40) 秒后自动再传", signed_in.get("/sync").text)
    with write(db):
        marks.next_try(db, 600)
    assert "约 10 分钟后自动再传" in signed_in.get("/sync").text


def test_what_is_put_aside_is_found_with_the_way_to_it(signed_in: Browser, clerk: Staff, db: Database):
    assert "暂放一边的" not in signed_in.get("/sync").text
    drafts.start(db, "0" * 36, clerk.id, {}, title="示例商店")
    text = signed_in.get("/sync").text
    assert "暂放一边的" in text and "示例商店" in text and "/drafts/" in text


def test_the_photographs_of_a_record_wait_and_go_on_and_its_record_does_not_wait(
    signed_in: Browser, hub: Hub, db: Database
):
    [entry] = submit(db)
    attachments.add(db, announced(PICTURE, entry.record_id), PICTURE, "示例柜员")
    place = f"/sync/pictures/{applications.read(db, entry.record_id).reference}"
    assert signed_in.submit(place, aside="1").location == "/sync#pictures"
    signed_in.submit("/sync")
    assert (ledger.count(db).confirmed, deliveries.load(db).received) == (1, 0)
    page = signed_in.get("/sync").text
    assert "暂不传送" in page and "接着传" in page
    assert [one.sha256 for one in deliveries.unfinished(db)] == [hashlib.sha256(PICTURE).digest()]
    signed_in.submit(place, aside="0")
    signed_in.submit("/sync")
    assert deliveries.load(db).received == 1
    assert "还没传完的照片" not in signed_in.get("/sync").text
