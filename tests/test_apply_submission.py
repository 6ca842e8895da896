"""Slips that phones send: taken once, answered the same however often, refused with a reason, whoever sends."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database
from werkzeug.test import TestResponse

from domain.check import whole
from domain.words import Channel, Language
from printing.render import render
from slip import read
from store import applications, erasure, ledger, receipts
from store.clock import today
from store.connection import write
from sync import background
from tests.browser import Browser
from tests.enrolment import PRODUCT, enrol, renew
from tests.papers import form
from tests.test_draft import Counter
from tests.trader import RECORD, Page, answers, fresh_id, send, slip, told


@pytest.fixture
def point(db: Database) -> Database:
    enrol(db)
    return db


def fields(answer: TestResponse) -> set[str]:
    return {problem["field"] for problem in told(answer)["problems"]}


@pytest.mark.parametrize("address", ["/apply", "/p/JL/apply"])
def test_a_slip_becomes_a_record_with_the_phones_own_id(client: Browser, point: Database, address: str) -> None:
    answer = send(client, slip(), address)
    assert answer.status_code == 201 and set(told(answer)) == {"signed", "signature"}
    record = applications.read(point, RECORD)
    assert (record.record_id, record.channel, record.language) == (RECORD, Channel.SELF, Language.CHINESE)
    assert record.applied_on == today()


def test_it_is_the_record_that_the_page_without_script_makes(client: Browser, point: Database) -> None:
    page = Page(client)
    page.hidden["id"] = other = fresh_id()
    page.fill()
    page.press("submit")
    send(client, slip(buyers__trade_invoice_number="INV-2"))
    sent, filled = applications.read(point, RECORD), applications.read(point, other)
    buyer = filled.buyers[0]
    assert sent == replace(
        filled, record_id=RECORD, reference=sent.reference,
        buyers=(replace(buyer, trade=replace(buyer.trade, invoice_number="INV-2")),),
    )  # fmt: skip


def test_consents_are_bound_to_the_language_they_were_read_in(client: Browser, point: Database) -> None:
    send(client, slip(language="bo"))
    assert {consent.language for consent in applications.read(point, RECORD).consents} == {Language.TIBETAN}


def test_the_same_slip_again_gets_the_same_receipt(client: Browser, point: Database) -> None:
    first, again = send(client, slip()), send(client, slip())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data == again.data and ledger.count(point).total == 1


def test_the_same_slip_is_answered_also_when_it_could_not_be_taken_any_more(client: Browser, point: Database) -> None:
    first = send(client, slip())
    renew(point, replace(PRODUCT, version=2, valid_to=today() - timedelta(days=1)))
    assert send(client, slip()).data == first.data


def test_other_content_under_the_same_id_changes_nothing(client: Browser, point: Database) -> None:
    first = send(client, slip())
    answer = send(client, slip(cover__tier="plus"))
    assert answer.status_code == 409
    assert told(answer)["signed"] == told(first)["signed"] and told(answer)["code"] == "apply.other_content"
    assert applications.read(point, RECORD).cover.tier == "starter"


def test_an_id_of_the_counters_own_is_not_told_about(client: Browser, signed_in: Browser, point: Database) -> None:
    counter = Counter(signed_in).fill()
    counter.send("submission", {})
    answer = send(client, slip(counter.id, buyers__trade_invoice_number="INV-2"))
    assert answer.status_code == 409 and set(told(answer)) == {"problem", "code"}


def test_two_at_once_make_one_record_and_one_receipt(app: Flask, point: Database) -> None:
    got: list[bytes] = []
    start = threading.Barrier(4)

    def sender() -> None:
        start.wait()
        got.append(send(Browser(app), slip()).data)

    threads = [threading.Thread(target=sender) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1 and ledger.count(point).total == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"policyholder__mobile": "1"}, "policyholder-mobile"),
        ({"buyers__name": ""}, "buyers-0-name"),
        ({"buyers__credit_code": "91540234MA6T0A1B8M"}, "buyers-0-credit_code"),
        ({"business__usual_credit_days": "90"}, "business-longest_credit_days"),
        ({"cover__tier": "none"}, "cover-tier"),
        ({"declarations__consent_insurer": ""}, "declarations-consent_insurer"),
        ({"start__trade_mode": "export"}, "start-trade_mode"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Browser, point: Database, change: dict[str, str], field: str
) -> None:
    answer = send(client, slip(**change))
    assert answer.status_code == 422 and fields(answer) == {field}
    assert ledger.count(point).total == 0


def test_it_is_said_in_the_slips_language(client: Browser, point: Database) -> None:
    [problem] = told(send(client, slip(language="bo", cover__tier="")))["problems"]
    assert not any("一" <= character <= "鿿" for character in problem["text"])


def test_an_invoice_that_is_here_already_wants_a_reason(client: Browser, point: Database) -> None:
    send(client, slip())
    other = fresh_id()
    assert fields(send(client, slip(other))) == {"review-duplicate_reason"}
    assert send(client, slip(other, review__duplicate_reason="分两次交货")).status_code == 201
    assert applications.read(point, other).duplicate_reason == "分两次交货"


def test_what_was_agreed_to_under_another_product_is_asked_again(client: Browser, point: Database) -> None:
    renew(point, replace(PRODUCT, version=2))
    answer = send(client, slip())
    assert answer.status_code == 422 and told(answer)["problems"][0]["code"] == "product_changed"


@pytest.mark.parametrize("body", [b"", b"x", b"1", b"2\n", slip()[:-3], slip() + b"x", b"\xff" * 100])
def test_a_damaged_slip_is_refused(client: Browser, point: Database, body: bytes) -> None:
    answer = send(client, body)
    assert answer.status_code == 422 and told(answer)["code"].startswith("slip.")


def test_a_slip_that_is_too_large_is_refused(client: Browser, point: Database) -> None:
    assert send(client, b"1" * ((16 << 10) + 1)).status_code == 413


def test_a_point_that_takes_nothing_now_asks_for_another_try(client: Browser, point: Database) -> None:
    point.execute("INSERT INTO limits (id, days, records) VALUES (1, 1, 1)")
    point.execute("UPDATE installation SET enrolled_at = '2026-01-01T00:00:00Z'")
    answer = send(client, slip())
    assert answer.status_code == 503 and answer.headers["Retry-After"] and told(answer)["problem"]
    assert receipts.find(point, RECORD) is None


def test_the_exchange_is_woken(client: Browser, point: Database) -> None:
    background._news.clear()
    send(client, slip())
    assert background._news.is_set()


def test_an_erased_application_takes_its_receipt_along_and_does_not_come_back(client: Browser, point: Database) -> None:
    send(client, slip())
    with write(point):
        erasure.erase(point, RECORD)
    assert receipts.find(point, RECORD) is None
    assert send(client, slip()).status_code == 409
    assert ledger.count(point).total == 0 and not applications.page(point)


def test_a_slip_says_what_the_page_asked(point: Database) -> None:
    assert read(slip()).answers["policyholder"]["name"] == answers()["policyholder"]["name"]


def test_the_insurer_finds_nothing_wrong_with_it_and_it_can_be_printed(client: Browser, point: Database) -> None:
    send(client, slip(language="bo"))
    record = applications.read(point, RECORD)
    assert whole.check(record, PRODUCT, today()) == []
    assert render(form(record)).startswith(b"%PDF")
