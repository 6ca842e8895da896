"""The signed form comes back as a photograph: its code says which form it is, and the clerk hears at once."""

from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image
from sqlite_utils import Database

from domain.application import Application
from domain.attachment import SIGNED_FORM
from domain.signing import Signature, Signing, signature
from domain.uuid7 import new_uuid7
from i18n import text
from store import attachments, blanks, history, signatures
from tests.browser import Browser
from tests.desk import corrected, place, press, taken
from tests.enrolment import enrol
from tests.papers import pages
from tests.photographs import announced, written
from tests.test_draft import Counter


@pytest.fixture
def record(db: Database, signed_in: Browser) -> Application:
    enrol(db)
    return taken(db)


def photographed(pdf: bytes, page: int = 0) -> bytes:
    """Return a page of *pdf* as a phone photographs it: a little turned, in JPEG."""
    sheet = pages(pdf, 170)[page].convert("RGB").rotate(2, expand=True, fillcolor="white")
    return written(sheet, "JPEG", quality=50)


def attach(browser: Browser, record: Application, picture: bytes, document: str = SIGNED_FORM) -> Any:
    fields = {"document": document, "photos": [(BytesIO(picture), "示例.jpg")]}
    return browser.submit(f"/applications/{record.reference}/pictures", **fields)


def shown(browser: Browser, record: Application) -> str:
    return browser.get(f"/applications/{record.reference}").text


def state(db: Database, record: Application, revision: int = 1) -> Signature:
    return signatures.of(db, str(record.record_id), revision)


def of(revision: int | None = None, *, by_code: bool = False, document: str = SIGNED_FORM):
    return replace(announced(b"x", new_uuid7(), document), revision=revision, by_code=by_code)


@pytest.mark.parametrize(
    ("revision", "printed", "pictures", "expected"),
    [
        (1, False, [], Signature(Signing.UNPRINTED)),
        (1, True, [], Signature(Signing.WAITING)),
        (1, True, [of(1, document="invoice")], Signature(Signing.WAITING)),
        (1, True, [of(1, by_code=True)], Signature(Signing.SIGNED, 1)),
        (2, True, [of(1, by_code=True)], Signature(Signing.OUTDATED, 1)),
        (2, True, [of(1, by_code=True), of(2, by_code=True)], Signature(Signing.SIGNED, 2)),
        (2, True, [of(1, by_code=True), of(2)], Signature(Signing.OUTDATED, 1)),
        (2, False, [of(2)], Signature(Signing.SIGNED, 2)),
        (3, True, [of(2)], Signature(Signing.OUTDATED, 2)),
        (2, True, [of()], Signature(Signing.SIGNED, 2)),
    ],
)
def test_what_a_code_said_outweighs_what_nobody_read(revision, printed, pictures, expected):
    assert signature(revision, printed, pictures) == expected


def test_the_record_waits_for_the_signature_and_then_has_it(signed_in: Browser, record: Application, db: Database):
    assert "请先打印申请表，请投保人签字" in shown(signed_in, record)
    pdf = press(signed_in, record)
    assert "申请表已打印。请投保人签字、按手印，再拍照附上" in shown(signed_in, record)
    assert attach(signed_in, record, photographed(pdf)).location.endswith("#signature")
    [one] = attachments.of(db, str(record.record_id))
    assert (one.about.document, one.about.revision, one.about.by_code) == (SIGNED_FORM, 1, True)
    page = shown(signed_in, record)
    assert "签好字的申请表已附上" in page and "没有读出二维码" not in page
    assert [event.detail for event in history.of(db, str(record.record_id)) if event.what == "signed"] == ["1"]


def test_only_the_form_itself_is_waited_for(signed_in: Browser, record: Application, db: Database):
    press(signed_in, record, "receipt")
    assert state(db, record).state is Signing.UNPRINTED


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_the_form_of_an_older_revision_is_kept_and_said_to_be_one(
    signed_in: Browser, record: Application, db: Database, language: str
):
    pdf = press(signed_in, record)
    corrected(db, record)
    signed_in.set_cookie("lang", language)
    attach(signed_in, record, photographed(pdf))
    values = {"reference": record.reference, "signed": 1, "revision": 2}
    said = text(
        language, "签字的是%(reference)s第%(signed)s版，记录现在是第%(revision)s版。请打印新版，再签一次", **values
    )
    assert said in " ".join(shown(signed_in, record).split())
    assert state(db, record, 2) == Signature(Signing.OUTDATED, 1)
    attach(signed_in, record, photographed(press(signed_in, record)))
    assert state(db, record, 2) == Signature(Signing.SIGNED, 2)


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_the_form_of_another_application_is_not_kept(
    signed_in: Browser, record: Application, db: Database, language: str
):
    other = taken(db)
    pdf = press(signed_in, other)
    signed_in.set_cookie("lang", language)
    answer = attach(signed_in, record, photographed(pdf))
    assert answer.status_code == 422
    assert str(other.reference) in answer.text
    assert attachments.of(db, str(record.record_id)) == []
    assert db["picture"].count == 0


def test_a_second_page_without_a_code_counts_with_the_first(signed_in: Browser, record: Application, db: Database):
    pdf = press(signed_in, record)
    corrected(db, record)
    attach(signed_in, record, photographed(pdf))
    attach(signed_in, record, written(Image.new("RGB", (600, 800), "white"), "JPEG"))
    assert state(db, record, 2) == Signature(Signing.OUTDATED, 1)


def test_the_second_page_is_known_by_the_records_own_codes(signed_in: Browser, record: Application, db: Database):
    pdf, other = press(signed_in, record), press(signed_in, taken(db))
    corrected(db, record)
    refused = attach(signed_in, record, photographed(other, 1))
    assert refused.status_code == 422 and "不是这份申请的" in refused.text
    attach(signed_in, record, photographed(pdf, 1))
    [one] = attachments.of(db, str(record.record_id))
    assert (one.about.revision, one.about.by_code) == (1, True)


def test_a_code_that_cannot_be_read_is_said_and_the_picture_is_kept(
    signed_in: Browser, record: Application, db: Database
):
    press(signed_in, record)
    attach(signed_in, record, written(Image.new("RGB", (600, 800), "white"), "JPEG"))
    assert "照片上没有读出二维码" in shown(signed_in, record)
    assert state(db, record) == Signature(Signing.SIGNED, 1)


def test_a_picture_of_another_paper_is_not_looked_at_for_codes(signed_in: Browser, record: Application, db: Database):
    pdf = press(signed_in, taken(db))
    assert attach(signed_in, record, photographed(pdf), "invoice").status_code == 303
    [one] = attachments.of(db, str(record.record_id))
    assert (one.about.revision, one.about.by_code) == (None, False)


def test_what_is_no_picture_says_so_as_ever(signed_in: Browser, record: Application, db: Database):
    answer = attach(signed_in, record, b"%PDF-1.7")
    assert answer.status_code == 422 and "PDF文件不能保存" in answer.text


def test_a_signed_blank_form_is_photographed_while_it_is_keyed_in(signed_in: Browser, db: Database):
    enrol(db)
    series = new_uuid7()
    blank = signed_in.submit("/blanks", count="2", series=series).data
    number, other = blanks.of_series(db, series)
    per_form = len(pages(blank, 20)) // 2
    counter = Counter(signed_in)
    counter.begin(number=number.reference)
    counter.id = number.application
    mine, theirs = photographed(blank), photographed(blank, per_form)
    fields = {"document": SIGNED_FORM, "photos": [(BytesIO(theirs), "示例.jpg")]}
    refused = counter.send("pictures", fields)
    assert refused.status_code == 422 and other.reference in refused.text
    assert counter.send("pictures", fields | {"photos": [(BytesIO(mine), "示例.jpg")]}).status_code == 303
    [one] = attachments.in_draft(db, number.application)
    assert (one.about.revision, one.about.by_code) == (1, True)


def test_the_list_of_papers_says_it_too(signed_in: Browser, record: Application):
    pdf = press(signed_in, record)
    url = place(record, "", "")
    assert "等签字" in signed_in.get(url).text
    attach(signed_in, record, photographed(pdf))
    assert "已签" in signed_in.get(url).text
