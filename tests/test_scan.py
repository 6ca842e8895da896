"""A trader's code at the counter: the same record under the same id, or a reason why not; nothing typed is lost."""

import zlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlite_utils import Database
from werkzeug.test import TestResponse

import slip
from domain.uuid7 import new_uuid7
from domain.words import Channel, Language
from forms.self_apply import by_the_trader
from slip import digits
from store import applications, drafts, erasure, journal, receipts
from store.connection import write
from store.staff import Staff
from tests.browser import Browser
from tests.enrolment import enrol
from tests.slips import ANSWERS, RECORD, code, handed


@pytest.fixture
def counter(signed_in: Browser, db: Database) -> Browser:
    enrol(db)
    return signed_in


def scan(browser: Browser, typed: str, **more: Any) -> TestResponse:
    return browser.submit("/scans", code=typed, **more)


def without(step: str, name: str) -> dict[str, Any]:
    return {**ANSWERS, step: {**ANSWERS[step], name: [""]}}


def test_the_clerk_lands_on_the_review_with_the_same_record(counter: Browser, db: Database, clerk: Staff) -> None:
    answer = scan(counter, code())
    assert answer.status_code == 303 and answer.location == f"/drafts/{RECORD}/review"
    kept = drafts.get(db, RECORD, clerk.id)
    assert {part: kept.answers[part] for part in ANSWERS} == by_the_trader(ANSWERS, Language.CHINESE)
    assert "¥" in counter.get(answer.location).text
    submitted = counter.submit(f"/drafts/{RECORD}/submission")
    assert submitted.status_code == 303
    record = applications.read(db, RECORD)
    assert (record.channel, record.policyholder.name, record.clerk) == (Channel.SELF, "扎西·示例", clerk.name)
    assert record.buyers[0].trade.amount_fen == 850050


def test_the_record_says_in_which_language_its_trader_filled_it_in(counter: Browser, db: Database) -> None:
    answers = {**ANSWERS, "declarations": {**ANSWERS["declarations"], "read_in": ["bo"]}}
    scan(counter, code(answers, language="bo"))
    counter.submit(f"/drafts/{RECORD}/submission")
    record = applications.read(db, RECORD)
    assert record.language == "bo"
    assert {consent.language for consent in record.consents} == {"bo"}


def test_what_has_to_be_mended_is_shown_first_and_all_else_is_kept(
    counter: Browser, db: Database, clerk: Staff
) -> None:
    answer = scan(counter, code(without("policyholder", "mobile")))
    assert answer.location == f"/drafts/{RECORD}/policyholder?check=1"
    assert 'id="mobile-error">' in counter.get(answer.location).text
    assert drafts.get(db, RECORD, clerk.id).answers["business"] == ANSWERS["business"]


def test_open_first_questions_are_asked_first(counter: Browser) -> None:
    answer = scan(counter, code({**ANSWERS, "start": {}}))
    assert answer.location == f"/drafts/{RECORD}/start"
    assert counter.get(answer.location).status_code == 200


def test_whoever_the_product_does_not_suit_is_told_so(counter: Browser) -> None:
    answers = {**ANSWERS, "start": {**ANSWERS["start"], "trade_mode": ["export"]}}
    assert scan(counter, code(answers)).location == f"/drafts/{RECORD}/standing"


def test_papers_and_grade_can_still_be_noted_before_it_is_submitted(counter: Browser, db: Database) -> None:
    scan(counter, code())
    ticked = {name: values[0] for name, values in ANSWERS["declarations"].items()}
    counter.submit(f"/drafts/{RECORD}/declarations", **ticked, documents=["trade-contract"])
    counter.submit(f"/drafts/{RECORD}/submission")
    assert applications.read(db, RECORD).documents == ("trade-contract",)


def test_several_parts_are_taken_in_any_order_and_counted(counter: Browser) -> None:
    first, second, third = digits.written(handed(), 3)
    page = scan(counter, third)
    assert "共3张，已读1张，还差第1, 2张" in page.text
    page = scan(counter, first, read=[third])
    assert "共3张，已读2张，还差第2张" in page.text
    assert f'value="{first}"' in page.text and f'value="{third}"' in page.text
    assert scan(counter, second, read=[first, third]).location == f"/drafts/{RECORD}/review"


def test_all_parts_in_one_breath_are_taken_too(counter: Browser) -> None:
    assert scan(counter, " ".join(digits.written(handed(), 3))).location == f"/drafts/{RECORD}/review"


def test_a_part_read_twice_or_of_another_application_is_told_and_the_others_stay(counter: Browser) -> None:
    first, second = digits.written(handed(), 2)
    page = scan(counter, first, read=[first])
    assert page.status_code == 422 and "这一部分已经读过了" in page.text and f'value="{first}"' in page.text
    page = scan(counter, digits.written(handed(record_id=new_uuid7()), 2)[1], read=[first])
    assert page.status_code == 422 and "这是另一份申请的二维码" in page.text and f'value="{first}"' in page.text
    assert scan(counter, second, read=[first]).status_code == 303


@pytest.mark.parametrize(("typed", "said"), [
    (code()[:-3], "没有读完整"), (code()[:300] + code()[301:], "没有读完整"), ("6901234567892", "不是申请的二维码"),
    ("", "不是申请的二维码"), (digits.MARK + "0" + code()[6:], "旧版"), (digits.MARK + "2" + code()[6:], "新版"),
    (digits.written(zlib.compress(b"0\nx", wbits=-15))[0], "旧版"), (digits.written(b"\x00\x01")[0], "没有读完整"),
])  # fmt: skip
def test_it_refuses_with_its_reason_and_keeps_nothing(counter: Browser, db: Database, typed: str, said: str) -> None:
    page = scan(counter, typed)
    assert page.status_code == 422 and said in page.text
    assert db["draft"].count == 0


def test_the_reasons_are_said_in_tibetan_too(counter: Browser) -> None:
    counter.set_cookie("lang", "bo")
    page = scan(counter, "6901234567892")
    assert 'lang="bo"' in page.text and page.status_code == 422


def test_a_record_that_is_here_is_shown_with_its_reference(counter: Browser, db: Database) -> None:
    scan(counter, code())
    counter.submit(f"/drafts/{RECORD}/submission")
    answer = scan(counter, code())
    reference = applications.read(db, RECORD).reference
    assert answer.location == f"/applications/{reference}"
    assert f"已经收过，编号 {reference}" in counter.get(answer.location).text


def test_a_draft_that_is_open_is_opened_as_it_stands(counter: Browser, db: Database, clerk: Staff) -> None:
    scan(counter, code())
    counter.submit(f"/drafts/{RECORD}/policyholder", name="改过的名字")
    answer = scan(counter, code())
    assert drafts.get(db, RECORD, clerk.id).answers["policyholder"]["name"] == ["改过的名字"]
    assert "没有改动" in counter.get(answer.location).text


def test_another_clerks_draft_comes_over_and_says_whose_it_was(
    counter: Browser, app: Flask, db: Database, hire: Callable[..., Staff], clerk: Staff
) -> None:
    scan(counter, code())
    colleague = hire("示例同事")
    other = Browser(app).sit_down(db, colleague)
    answer = scan(other, code())
    page = other.get(answer.location)
    assert page.status_code == 200 and clerk.name in page.text and "转给您" in page.text
    assert drafts.get(db, RECORD, colleague.id).answers["channel"] == "self"


def test_a_product_no_longer_in_force_is_quoted_anew_and_agreed_to_anew(counter: Browser, db: Database) -> None:
    answer = scan(counter, code(version=7))
    page = counter.get(answer.location)
    assert answer.location == f"/drafts/{RECORD}/declarations?check=1"
    assert "已按现在的产品重新报价" in page.text


def test_without_any_product_the_draft_waits(signed_in: Browser, db: Database, clerk: Staff) -> None:
    assert scan(signed_in, code()).status_code == 503
    assert drafts.get(db, RECORD, clerk.id).answers["policyholder"]["name"] == ANSWERS["policyholder"]["name"]


def test_the_search_box_takes_a_code_too(counter: Browser) -> None:
    assert counter.submit("/searches", q=code()).location == f"/drafts/{RECORD}/review"
    first, _second = digits.written(handed(), 2)
    assert "还差第2张" in counter.submit("/searches", q=first).text
    assert counter.submit("/searches", q="示例 139").status_code == 200


def test_nobody_scans_without_having_signed_in(client: Browser) -> None:
    assert client.get("/scans").status_code == 303
    assert client.submit("/scans/frames").status_code == 303


def sent(browser: Browser, data: bytes) -> TestResponse:
    """Let the phone find a line after all."""
    return browser.post("/apply/submissions", data=data)


def test_a_phone_that_sends_it_later_gets_the_receipt_of_the_counter(counter: Browser, db: Database) -> None:
    scan(counter, code())
    counter.submit(f"/drafts/{RECORD}/submission")
    answer = sent(counter, handed())
    kept = receipts.find(db, RECORD)
    assert kept and (answer.status_code, answer.json) == (200, kept.texts)
    assert kept.receipt.digest == slip.read(handed()).digest.hex()


def test_a_draft_gives_way_where_the_phone_was_faster(counter: Browser, db: Database) -> None:
    scan(counter, code())
    assert sent(counter, handed()).status_code == 201
    answer = counter.submit(f"/drafts/{RECORD}/submission")
    assert answer.location == f"/applications/{applications.read(db, RECORD).reference}"
    assert "没有再提交" in counter.get(answer.location).text
    assert db["draft"].count == 0
    entry = journal.find(db, RECORD)
    assert entry and entry.revision == 1


def test_an_erased_record_does_not_come_back(counter: Browser, db: Database) -> None:
    scan(counter, code())
    counter.submit(f"/drafts/{RECORD}/submission")
    with write(db):
        erasure.erase(db, RECORD)
    page = scan(counter, code())
    assert page.status_code == 403 and "已按保险公司的要求删除" in page.text
    assert db["draft"].count == 0
