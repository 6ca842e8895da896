"""The whole way without script: every button brings all answers, nothing is lost, pressing twice submits once."""

import dataclasses
import re
from datetime import timedelta

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database

from domain.application import Declarations
from domain.words import Channel
from store import applications, ledger, receipts
from store.clock import today
from tests.browser import Browser
from tests.enrolment import PRODUCT, enrol, renew
from tests.test_canaries import CANARIES, runs_nothing
from tests.test_draft import Counter
from tests.trader import GROUPS, Page, wrong


@pytest.fixture
def point(db: Database) -> Database:
    enrol(db)
    return db


@pytest.fixture
def page(client: Browser, point: Database) -> Page:
    return Page(client)


def taken(db: Database) -> int:
    return ledger.count(db).total


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_a_trader_alone_fills_and_submits(client: Browser, point: Database, language: str) -> None:
    page = Page(client, language)
    for group in GROUPS[1:]:
        assert page.press().status_code == 200
        assert page.at == group
    answer = page.press("submit")
    [line] = applications.page(point)
    assert answer.status_code == 200 and line.reference in answer.text
    assert applications.read(point, line.record_id).language == language
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_record_is_the_counters_but_for_who_filled_it_in(
    client: Browser, signed_in: Browser, point: Database
) -> None:
    counter = Counter(signed_in).fill()
    counter.send("submission", {})
    page = Page(client, buyers__trade_invoice_number="INV-2026-002")
    page.fill()
    page.press("submit")
    alone, attended = (applications.read(point, line.record_id) for line in applications.page(point))
    assert (alone.channel, alone.clerk) == (Channel.SELF, "")
    assert alone.declarations == Declarations(truthful=True, terms_received=True, exclusions_explained=True)
    buyer = attended.buyers[0]
    same = replace(
        attended, channel=alone.channel, clerk="", declarations=alone.declarations, documents=(),
        record_id=alone.record_id, reference=alone.reference, consents=alone.consents,
        buyers=(replace(buyer, trade=replace(buyer.trade, invoice_number="INV-2026-002")),),
    )  # fmt: skip
    assert alone == same
    assert {consent.kind for consent in alone.consents if consent.given} == {"insurer"}


def test_the_counter_sees_that_nobody_attended(client: Browser, signed_in: Browser, point: Database) -> None:
    page = Page(client)
    page.fill()
    page.press("submit")
    [line] = applications.page(point)
    assert "自助申请" in signed_in.get(f"/applications/{line.reference}").text


def test_what_staff_alone_may_fill_is_left_out_when_it_is_sent(client: Browser, point: Database) -> None:
    page = Page(client, buyers__credit_grade_grade="excellent", buyers__credit_grade_source="示例",
                declarations__filled_by_clerk="y", declarations__documents="trade-contract")  # fmt: skip
    page.fill()
    page.press("submit")
    [line] = applications.page(point)
    record = applications.read(point, line.record_id)
    assert record.buyers[0].credit_grade.grade == "not_queried"
    assert not record.declarations.filled_by_clerk and record.documents == ()


def test_a_wrong_group_says_what_is_right_and_keeps_what_was_typed(client: Browser, point: Database) -> None:
    page = Page(client, policyholder__mobile="12345", policyholder__address="")
    page.press()
    answer = page.press()
    assert answer.status_code == 422 and page.at == "policyholder"
    assert set(wrong(answer.text)) == {"policyholder-mobile", "policyholder-address"}
    assert 'value="12345"' in answer.text and 'href="#policyholder-mobile"' in answer.text
    assert 'aria-describedby="policyholder-mobile-error"' in answer.text


def test_going_back_checks_nothing_and_keeps_everything(client: Browser, point: Database) -> None:
    page = Page(client, policyholder__mobile="12345")
    page.press()
    answer = page.press("back")
    assert (answer.status_code, page.at) == (200, "start")
    assert 'value="12345"' in answer.text


@pytest.mark.parametrize("group", GROUPS)
def test_the_language_changes_anywhere_and_nothing_is_lost(client: Browser, point: Database, group: str) -> None:
    page = Page(client)
    page.fill()
    page.hidden["at"] = group
    answer = page.press("next", switch_language="bo")
    assert answer.status_code == 200 and page.at == group
    assert '<html lang="bo">' in answer.text and "lang=bo" in answer.headers["Set-Cookie"]
    assert "西藏吉隆示例边贸有限公司" in answer.text and 'action="?lang=bo"' in answer.text


def test_another_buyer_is_added_and_taken_out(client: Browser, point: Database) -> None:
    page = Page(client)
    page.hidden["at"] = "buyers-0"
    answer = page.press("another")
    assert page.at == "buyers-1" and 'name="buyers-1-name"' in answer.text
    page.sent |= {"buyers-1-name": ["示例买方"]}
    answer = page.press("remove")
    assert page.at == "buyers-0" and "buyers-1-name" not in answer.text


def test_five_buyers_fit_and_no_more(client: Browser, point: Database) -> None:
    page = Page(client)
    for number in range(7):
        page.sent |= {f"buyers-{number}-name": [f"示例买方{number}"]}
    page.hidden["at"] = "buyers-4"
    answer = page.press("another")
    assert 'id="buyers-4"' in answer.text and "buyers-5" not in answer.text


def test_no_more_buyers_than_the_product_takes(client: Browser, db: Database) -> None:
    enrol(db, replace(PRODUCT, max_buyers=1))
    page = Page(client)
    page.hidden["at"] = "buyers-0"
    assert "buyers-1" not in page.press("another").text
    page.sent |= {name.replace("-0-", "-1-"): values for name, values in page.sent.items() if "-0-" in name}
    page.sent |= {"buyers-1-name": ["示例买方二"], "buyers-1-credit_code": ["51540000MJX00A1B3K"],
                  "buyers-1-trade_invoice_number": ["INV-9"]}  # fmt: skip
    assert "buyers-1-name" in wrong(page.fill().text)


@pytest.mark.parametrize(
    ("change", "control", "reason"),
    [
        ({"start__trade_mode": "export"}, "start-trade_mode", "货物卖到国外"),
        ({"start__buyer_in_mainland": "no"}, "start-buyer_in_mainland", "短期出口信用保险"),
        ({"buyers__related": "yes", "buyers__relation": "同一老板"}, "buyers-0-related", "关联交易"),
    ],
)
def test_whom_the_product_does_not_suit_is_told_why_and_where_to_go(
    client: Browser, point: Database, change: dict[str, str], control: str, reason: str
) -> None:
    page = Page(client, **change)
    answer = page.fill()
    assert answer.status_code == 422 and reason in wrong(answer.text)[control]
    assert page.press("submit").status_code == 422
    assert taken(point) == 0


def test_a_person_needs_no_paper_but_one_and_no_contact_but_themselves(client: Browser, point: Database) -> None:
    page = Page(client, start__kind="natural_person", policyholder__name="扎西·示例", policyholder__contact="",
                policyholder__id_number="542521197812030036")  # fmt: skip
    answer = page.press()
    assert re.search(r'data-when="start-kind=[^"]+" hidden', answer.text)
    page.fill()
    page.press("submit")
    [line] = applications.page(point)
    holder = applications.read(point, line.record_id).policyholder
    assert (holder.id_kind, holder.contact, holder.legal_representative) == ("resident_id", "扎西·示例", "")


def test_the_review_shows_all_and_the_price(page: Page) -> None:
    answer = page.fill()
    assert page.at == "review"
    for said in ("西藏吉隆示例边贸有限公司", "拉萨示例特产有限公司", "¥8,500.50", "您付的保费"):
        assert said in answer.text
    assert page.press("to=business").status_code == 200 and page.at == "business"


def test_nobody_reaches_the_review_ahead(client: Browser, point: Database) -> None:
    page = Page(client, cover__tier="")
    assert page.press("to=review").status_code == 422 and page.at == "cover"
    assert page.press("submit").status_code == 422 and taken(point) == 0


def test_pressing_twice_submits_once(page: Page, point: Database) -> None:
    page.fill()
    first, second = page.press("submit"), page.press("submit")
    assert first.status_code == second.status_code == 200 and first.text == second.text
    assert taken(point) == 1


def test_what_was_changed_after_submitting_is_not_taken_silently(page: Page, point: Database) -> None:
    page.fill()
    page.press("submit")
    page.sent["cover-tier"] = ["plus"]
    answer = page.press("submit")
    assert answer.status_code == 409 and applications.page(point)[0].reference in answer.text


def test_an_invoice_that_is_here_already_wants_a_reason(client: Browser, point: Database) -> None:
    first = Page(client)
    first.fill()
    first.press("submit")
    page = Page(client)
    answer = page.fill()
    assert set(wrong(answer.text)) == {"review-duplicate_reason"}
    assert page.press("submit").status_code == 422
    page.sent["review-duplicate_reason"] = ["分两次交货"]
    assert page.press("submit").status_code == 200
    assert applications.read(point, applications.page(point)[0].record_id).duplicate_reason == "分两次交货"


def test_a_newer_product_is_read_again_before_it_is_agreed_to(page: Page, point: Database) -> None:
    page.fill()
    renew(point, replace(PRODUCT, version=2))
    answer = page.press("submit")
    assert answer.status_code == 422 and page.at == "declarations" and "保险产品已经更新" in answer.text
    assert taken(point) == 0
    assert page.press("submit").status_code == 200


def test_a_full_disk_keeps_what_was_typed_and_says_so(app: Flask, client: Browser, point: Database) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], disk_reserve=1 << 60)
    page = Page(client)
    page.fill()
    answer = page.press("submit")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert "磁盘快满了" in answer.text and "西藏吉隆示例边贸有限公司" in answer.text
    assert taken(point) == 0


def test_limits_keep_what_was_typed_and_say_so(client: Browser, point: Database) -> None:
    point.execute("INSERT INTO limits (id, days, records) VALUES (1, 1, 1)")
    point.execute("UPDATE installation SET enrolled_at = '2026-01-01T00:00:00Z'")
    page = Page(client)
    page.fill()
    assert page.press("submit").status_code == 503
    assert taken(point) == 0


def test_the_day_is_the_points_own(client: Browser, point: Database) -> None:
    page = Page(client, buyers__trade_invoice_date=f"{today() + timedelta(days=1):%Y-%m-%d}")
    assert "buyers-0-trade_invoice_date" in wrong(page.fill().text)


@pytest.mark.parametrize("canary", CANARIES)
def test_hostile_text_stays_text(client: Browser, point: Database, canary: str) -> None:
    page = Page(client, policyholder__address=canary, buyers__trade_goods=canary, policyholder__name=canary[:60])
    for answer in (page.press(), page.press(), page.fill(), page.press("next", id=canary, at=canary, product=canary)):
        assert runs_nothing(answer.text)


def test_strange_controls_are_left_out(client: Browser, point: Database) -> None:
    page = Page(client)
    page.sent |= {"buyers-99-name": ["x"], "buyers-": ["x"], "start-": ["x"], "wish": ["x"], "buyers--1-name": ["x"]}
    page.fill()
    assert page.press("submit").status_code == 200


def test_too_much_is_refused(client: Browser, point: Database) -> None:
    assert client.post("/apply", data={"policyholder-name": "x" * (257 << 10)}).status_code == 413


def test_the_receipt_is_kept(page: Page, point: Database) -> None:
    page.fill()
    page.press("submit")
    assert receipts.find(point, page.hidden["id"]) is not None
