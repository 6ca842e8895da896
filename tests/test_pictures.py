"""Photographs at the counter: taken into a draft, submitted with it, added to a record, seen by those who may."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import FilePayload, Page, expect
from sqlite_utils import Database

from domain.errors import Unavailable
from store import applications, attachments, journal
from store.backup import back_up
from store.staff import Staff
from tests.browser import Browser, multipart
from tests.enrolment import enrol
from tests.photographs import photograph, read, written
from tests.served import served
from tests.test_draft import Counter

NAME = "示例身份证 Drolma.jpg"


@pytest.fixture
def counter(signed_in: Browser, db: Database) -> Counter:
    enrol(db)
    return Counter(signed_in)


@pytest.fixture
def reference(counter: Counter, db: Database) -> str:
    counter.fill().send("submission", {})
    return str(applications.read(db, counter.id).reference)


def photographs(*data: bytes) -> dict[str, Any]:
    return {"document": "invoice", "photos": [(BytesIO(one), NAME) for one in data]}


def take(counter: Counter, *data: bytes):
    return counter.send("pictures", photographs(*data))


def test_a_photograph_of_a_draft_is_submitted_with_it(counter: Counter, db: Database):
    counter.fill()
    assert take(counter, photograph(600)).status_code == 303
    page = counter.browser.get(counter.url("pictures")).text
    (link,) = set(re.findall(r'src="(/drafts/[^"]+\.webp)"', page))
    shown = counter.browser.get(link)
    assert read(shown.data).size == (600, 800)
    counter.send("submission", {})
    (one,) = attachments.of(db, counter.id)
    assert (one.about.document, one.about.width, one.sync) == ("invoice", 600, "pending")
    entry = journal.find(db, one.record_id)
    assert entry and entry.kind == "attachment"
    assert attachments.data(db, one.about.digest) == shown.data


def test_the_answers_of_the_step_stay_when_the_photographs_are_next(counter: Counter, db: Database):
    counter.begin()
    answer = counter.send("declarations", {"truthful": "y", "documents": "invoice", "go": "pictures"})
    assert answer.location == counter.url("pictures")
    page = counter.browser.get(counter.url("declarations")).text
    assert re.search(r'value="invoice" checked', page)


def test_several_are_taken_at_once_and_a_bad_one_holds_up_no_other(counter: Counter, db: Database):
    counter.begin()
    answer = take(counter, photograph(600), b"%PDF-1.7", photograph(640))
    assert answer.status_code == 422
    assert "第2张：PDF文件不能保存" in answer.text
    assert 'value="invoice" selected' in answer.text
    assert len(attachments.in_draft(db, counter.id)) == 2


def test_a_message_comes_in_tibetan_too(counter: Counter):
    counter.begin()
    counter.browser.set_cookie("lang", "bo")
    assert 'lang="bo' in take(counter, b"%PDF-1.7").text


@pytest.mark.parametrize("missing", [{"photos": []}, {"document": "nonsense"}, {"document": ""}])
def test_it_says_what_is_missing(counter: Counter, missing: dict[str, Any]):
    counter.begin()
    answer = counter.send("pictures", {**photographs(photograph(600)), **missing})
    assert (answer.status_code, 'class="error"' in answer.text) == (422, True)


def test_the_same_photograph_twice_is_there_once(counter: Counter, db: Database):
    counter.begin()
    take(counter, photograph(600))
    take(counter, photograph(600))
    assert len(attachments.in_draft(db, counter.id)) == 1


def test_what_is_taken_out_of_a_draft_is_gone(counter: Counter, db: Database):
    counter.begin()
    take(counter, photograph(600), photograph(640))
    first = attachments.in_draft(db, counter.id)[0]
    counter.send(f"pictures/{first.record_id}/removal", {})
    assert len(attachments.in_draft(db, counter.id)) == 1
    assert db.execute("SELECT count(*) FROM picture").fetchone()[0] == 1


def test_a_draft_that_is_thrown_away_takes_its_photographs_along(counter: Counter, db: Database):
    counter.begin()
    take(counter, photograph(600))
    counter.send("discarding", {})
    assert db.execute("SELECT count(*) FROM picture").fetchone()[0] == 0


def test_nobody_else_sees_the_photographs_of_a_draft(counter: Counter, app: Flask, db: Database, manager: Staff):
    counter.begin()
    take(counter, photograph(600))
    (one,) = attachments.in_draft(db, counter.id)
    url = counter.url(f"pictures/{one.record_id}.webp")
    assert Browser(app).sit_down(db, manager).get(url).status_code == 404
    assert Browser(app).get(url).status_code == 303


def test_there_is_an_end_to_the_number_of_photographs(counter: Counter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(attachments, "MOST_PICTURES", 1)
    counter.begin()
    assert take(counter, photograph(600), photograph(640)).status_code == 422


def test_a_signed_form_is_added_to_the_record(counter: Counter, reference: str, db: Database):
    url = f"/applications/{reference}/pictures"
    assert 'value="signed-form" selected' in counter.browser.get(url).text
    answer = counter.browser.submit(url, **photographs(photograph(600)) | {"document": "signed-form"})
    assert answer.location == f"/applications/{reference}#signature"
    page = counter.browser.get(f"/applications/{reference}").text
    assert "1张，保险公司已收到0张" in page
    assert "签字盖章后的投保申请表" in page


def test_who_looks_at_a_photograph_of_a_record_leaves_a_note(counter: Counter, reference: str, db: Database):
    url = f"/applications/{reference}/pictures"
    counter.browser.submit(url, **photographs(photograph(600)))
    (one,) = attachments.of(db, counter.id)
    shown = counter.browser.submit(f"{url}/{one.record_id}/views")
    assert read(shown.data).size == (600, 800)
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Content-Disposition"] == f"inline; filename={one.about.sha256[:12]}.webp"
    assert "查看完整号码" in counter.browser.get(f"/applications/{reference}").text


def test_a_photograph_belongs_to_its_own_record_only(counter: Counter, reference: str, db: Database):
    counter.browser.submit(f"/applications/{reference}/pictures", **photographs(photograph(600)))
    (one,) = attachments.of(db, counter.id)
    other = Counter(counter.browser)
    other.fill().send("submission", {"duplicate_reason": "示例"})
    elsewhere = applications.read(db, other.id).reference
    assert counter.browser.submit(f"/applications/{elsewhere}/pictures/{one.record_id}/views").status_code == 404


def test_the_name_of_the_file_is_kept_nowhere(counter: Counter, db: Database, settings):
    counter.fill()
    take(counter, photograph(600))
    counter.send("submission", {})
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(path.read_bytes() for path in settings.data.rglob("*") if path.is_file())
    assert b"Drolma" not in kept


def test_a_backup_with_a_damaged_photograph_is_not_called_whole(counter: Counter, db: Database, tmp_path: Path):
    counter.begin()
    take(counter, photograph(600))
    back_up(db, tmp_path / "whole.db", "")
    db.execute("UPDATE picture SET data = zeroblob(length(data))")
    with pytest.raises(Unavailable):
        back_up(db, tmp_path / "damaged.db", "")


def test_a_full_disk_is_said_before_anything_is_kept(counter: Counter, db: Database, app: Flask):
    counter.begin()
    object.__setattr__(app.config["SETTINGS"], "disk_reserve", 1 << 60)
    assert take(counter, photograph(600)).status_code == 503
    assert attachments.in_draft(db, counter.id) == []


def test_more_than_three_of_the_largest_are_refused_unread(counter: Counter):
    counter.begin()
    promised = {"CONTENT_LENGTH": str(49 << 20)}
    assert counter.browser.post(counter.url("pictures"), environ_overrides=promised).status_code == 413


def test_photographs_are_let_in_only_from_somebody_signed_in(counter: Counter, reference: str, app: Flask):
    stranger, large = Browser(app), b"x" * (2 << 20)
    counter.begin()
    for url in (counter.url("pictures"), f"/applications/{reference}/pictures"):
        for browser, status in ((counter.browser, 422), (stranger, 413)):
            fields = {"csrf_token": browser.csrf_token(), "document": "invoice"}
            assert browser.post(url, **multipart(fields, [(large, NAME)], "photos")).status_code == status


@pytest.fixture
def page(app: Flask, counter: Counter, chromium: Chromium) -> Iterator[Page]:
    with served(app) as url:
        context = chromium.new_context(base_url=url, viewport={"width": 360, "height": 640})
        context.add_cookies([{"name": "tsheg", "value": counter.browser.cookie(), "url": url}])
        yield context.new_page()


@pytest.fixture
def no_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the server refuse to write what comes in to a temporary file."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr("waitress.buffers.TempfileBasedBuffer.newfile", refuse)
    monkeypatch.setattr("werkzeug.wrappers.request.default_stream_factory", refuse)


@pytest.mark.usefixtures("no_temporary_file")
def test_a_browser_sends_what_is_chosen_and_says_what_is_wrong(page: Page, counter: Counter, db: Database):
    counter.begin()
    page.goto(counter.url("pictures"))
    page.select_option("select", "delivery-note")
    large = written(Image.effect_noise((1500, 1000), 90), "JPEG", quality=95)
    assert len(large) > 600_000
    bad = FilePayload(name="a.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")
    good = FilePayload(name="b.jpg", mimeType="image/jpeg", buffer=large)
    page.set_input_files("#photos-files", [bad, good])
    expect(page.locator("#photos-files-error .error")).to_contain_text("PDF")
    with page.expect_navigation():
        page.set_input_files("#photos-files", [good])
    assert [one.about.document for one in attachments.in_draft(db, counter.id)] == ["delivery-note"]
    expect(page.locator("select")).to_have_value("delivery-note")
    assert page.locator(".photographs img").evaluate("shown => shown.decode().then(() => shown.naturalWidth)") > 600
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") is True


def test_after_several_at_once_it_is_said_once_that_they_are_kept(page: Any, reference: str):
    page.goto(f"/applications/{reference}/pictures")
    one, other = ({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photograph(width)} for width in (600, 640))
    page.set_input_files("#photos-files", [one, other])
    page.wait_for_url("**#signature")
    assert page.locator(".notice.good").all_text_contents() == ["照片已保存在本机，联网后自动传给保险公司。"]


def test_a_picture_that_a_lost_disk_took_is_said_to_be_missing(counter: Counter, db: Database, reference: str):
    counter.browser.submit(f"/applications/{reference}/pictures", **photographs(photograph(600)))
    db.execute("DELETE FROM picture")
    (one,) = attachments.of(db, counter.id)
    page = counter.browser.get(f"/applications/{reference}").text
    assert "本机没有这张照片" in page
    assert one.record_id not in page
    shown = counter.browser.submit(f"/applications/{reference}/pictures/{one.record_id}/views")
    assert (shown.status_code, "本机没有这张照片" in shown.text) == (404, True)
