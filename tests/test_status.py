"""Where an application stands, asked from outside: who may know, what is said, and how often one may ask."""

import dataclasses
import hmac
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database

from app import create_app
from domain.application import Application
from domain.decision import CoverGranted
from domain.product import Text
from domain.reference import CROCKFORD, reference_for
from domain.visits import HOUR
from domain.words import Outcome
from printing.render import render
from settings import Settings
from store import erasure, journal, status
from store.connection import connect, write
from tests.browser import Browser
from tests.enrolment import PRODUCT, decide, enrol
from tests.papers import pages
from tests.test_application import SAMPLES, submit
from views import printed
from views.apply import limits
from wire.status_code import code_of, grouped
from wire.status_code import status_code as code_for

WRONG = "0000-0000-0000-0000"
NOWHERE = reference_for("nobody", "JL", 2026)


@pytest.fixture
def record(db: Database) -> Application:
    """An application at this point, its applicant called 扎西顿珠."""
    enrol(db)
    return submit(db, replace(SAMPLES[0], policyholder=replace(SAMPLES[0].policyholder, name="扎西顿珠")))


@pytest.fixture
def code(db: Database, record: Application) -> str:
    """Its status code as the receipt shows it."""
    return grouped(secret_of(db, record))


@pytest.fixture
def ask(app: Flask, record: Application) -> Callable[..., str]:
    """Ask by phone from an address of one's own each time, so that no limit is met."""
    phone = Browser(app)
    numbers = iter(range(1, 250))

    def ask(reference: str, code: str, expect: int = 200, **more: str) -> str:
        answer = phone.post(
            "/apply/status",
            data={"reference": reference, "code": code, **more},
            environ_base={"REMOTE_ADDR": f"203.0.113.{next(numbers)}"},
        )
        assert answer.status_code == expect
        return answer.text

    return ask


def secret_of(db: Database, record: Application) -> str:
    first = journal.find(db, str(record.record_id), 1)
    assert first
    return code_for(first)


def sign_for(db: Database, record: Application) -> None:
    """Let the hub have signed for everything here."""
    entry = journal.find(db, str(record.record_id))
    assert entry
    with write(db):
        db.execute("INSERT INTO mark (producer, epoch, sent, acked) VALUES (?, ?, ?, ?)",
                   [entry.producer, entry.epoch, entry.seq, entry.seq])  # fmt: skip
        db.execute("INSERT INTO acknowledged (producer, epoch, seq, hub_time) VALUES (?, ?, ?, '2026-11-20T02:00:00Z')",
                   [entry.producer, entry.epoch, entry.seq])  # fmt: skip


@pytest.mark.parametrize("address", ["/apply/status", "/p/JL/apply/status", "/p/jl/apply/status"])
def test_anybody_may_open_the_page_and_nothing_is_kept_of_them(app: Flask, record: Application, address: str) -> None:
    page = Browser(app).get(address)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert page.headers["Cache-Control"] == "no-cache"
    assert Browser(app).get(address, headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_the_right_code_is_told_where_it_stands(ask: Callable[..., str], record: Application, code: str) -> None:
    page = ask(str(record.reference), code)
    assert "服务点已收到，还没有传给保险公司" in page
    assert "您不用再做什么" in page
    assert str(record.reference) in page


@pytest.mark.parametrize(
    "spelling", [str.lower, lambda text: text.replace("-", " "), lambda text: text.replace("-", "")]
)
def test_it_reads_both_as_people_write_them(
    ask: Callable[..., str], record: Application, code: str, spelling: Callable[[str], str]
) -> None:
    assert "服务点已收到" in ask(spelling(str(record.reference)), spelling(code))


def test_no_name_or_number_is_shown_whole(ask: Callable[..., str], record: Application, code: str) -> None:
    page = ask(str(record.reference), code)
    assert "扎＊＊" in page
    holder, buyer = record.policyholder, record.buyers[0]
    for private in (holder.name, holder.id_number, holder.mobile, holder.address, buyer.name, buyer.credit_code):
        assert private not in page


def test_the_insurer_has_it_and_its_time_limits_run(
    db: Database, ask: Callable[..., str], record: Application, code: str
) -> None:
    sign_for(db, record)
    page = ask(str(record.reference), code)
    assert "保险公司已收到，正在核保" in page
    assert "5个工作日，到2026年11月27日" in page


def test_accepted_names_the_policy_and_where_its_paper_is(
    db: Database, ask: Callable[..., str], record: Application, code: str
) -> None:
    sign_for(db, record)
    cover = CoverGranted(policy_number="SAMPLE-1", starts_on=date(2026, 11, 25), ends_on=date(2027, 11, 24),
                         insured_fen=1, premium_fen=1, subsidy_fen=0, payable_fen=1, limits_fen=(1,))  # fmt: skip
    decide(db, str(record.record_id), Outcome.ACCEPTED, cover=cover)
    page = ask(str(record.reference), code)
    assert "保单号 SAMPLE-1，2026年11月25日 至 2027年11月24日" in page
    assert "到示例供销社服务点领取承保凭证" in page


def test_declined_gives_the_reasons_and_whom_to_ask(
    db: Database, ask: Callable[..., str], record: Application, code: str
) -> None:
    reasons = (Text(zh="示例理由。", bo="དཔེ་མཚོན་རྒྱུ་མཚན།"),)
    decide(db, str(record.record_id), Outcome.DECLINED, reasons=reasons)
    page = ask(str(record.reference), code)
    assert "示例理由" in page
    assert PRODUCT.hotline in page
    assert "དཔེ་མཚོན་རྒྱུ་མཚན" in ask(str(record.reference), code, switch_language="bo", asked="1")


def test_a_supplement_names_exactly_the_papers_asked_for(
    db: Database, ask: Callable[..., str], record: Application, code: str
) -> None:
    decide(db, str(record.record_id), Outcome.SUPPLEMENT, missing=("invoice", "delivery-note"))
    page = ask(str(record.reference), code)
    asked = [document.name.zh for document in PRODUCT.documents if f"<li>{document.name.zh}</li>" in page]
    assert asked == ["发票", "送货单或者签收凭证"]
    assert "带到示例供销社服务点" in page


def test_what_is_wrong_in_it_is_said(db: Database, ask: Callable[..., str], record: Application, code: str) -> None:
    decide(db, str(record.record_id), Outcome.QUARANTINED, reasons=(Text(zh="日期有误。", bo="ཟླ་ཚེས་ནོར་འདུག"),))
    page = ask(str(record.reference), code)
    assert "日期有误" in page
    assert "由工作人员更正后再提交" in page


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_unknown_wrong_and_erased_get_the_same_bytes(
    db: Database, ask: Callable[..., str], record: Application, code: str, language: str
) -> None:
    choice = {"switch_language": language, "asked": "1"}
    reference = str(record.reference)
    wrong, unknown = ask(reference, WRONG, 404, **choice), ask(NOWHERE, WRONG, 404, **choice)
    with write(db):
        erasure.erase(db, str(record.record_id))
    assert ask(reference, code, 404, **choice).replace(code, WRONG) == wrong
    assert unknown.replace(NOWHERE, reference) == wrong


def test_the_code_of_nothing_opens_nothing(db: Database, ask: Callable[..., str], record: Application) -> None:
    ask(NOWHERE, code_of(bytes(16), status._NOBODY), 404)
    with write(db):
        erasure.erase(db, str(record.record_id))
    ask(str(record.reference), code_of(bytes(16), str(record.record_id)), 404)


@pytest.fixture
def work(db: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a look-up costs: the statements it asks, the hashes it makes, what it compares."""
    done: list[str] = []
    db.conn.set_trace_callback(lambda statement: done.append(statement.split(" WHERE ")[0]))

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            done.append(name)
            return real(*args)

        return call

    monkeypatch.setattr("store.status.code_of", counted("hash", code_of))
    monkeypatch.setattr("store.status.hmac.compare_digest", counted("compare", hmac.compare_digest))
    yield done
    db.conn.set_trace_callback(None)


def test_unknown_wrong_right_and_erased_cost_the_same_work(
    db: Database, record: Application, code: str, work: list[str]
) -> None:
    def cost(reference: str, typed: str) -> list[str]:
        work.clear()
        status.record_of(db, reference, typed)
        return list(work)

    reference, right = str(record.reference), code.replace("-", "")
    costs = [cost(reference, right), cost(reference, "0" * 16), cost(NOWHERE, right)]
    with write(db):
        erasure.erase(db, str(record.record_id))
    costs.append(cost(reference, right))
    assert len(costs[0]) == 4
    assert costs == [costs[0]] * 4


def test_ten_thousand_neighbours_of_a_code_and_of_a_reference_open_nothing(
    db: Database, record: Application, code: str
) -> None:
    right = code.replace("-", "")
    number = int("".join(f"{CROCKFORD.index(letter):05b}" for letter in right), 2)
    near = [(number + step) % 2**80 for step in range(-5_000, 5_001) if step]
    codes = ["".join(CROCKFORD[value >> shift & 31] for shift in range(75, -5, -5)) for value in near]
    assert len(set(codes)) == 10_000
    assert not [one for one in codes if status.record_of(db, str(record.reference), one)]
    around = [f"{str(record.reference)[:-1]}{letter}" for letter in CROCKFORD if letter != str(record.reference)[-1]]
    assert not [one for one in around if status.record_of(db, one, right)]
    assert status.record_of(db, str(record.reference), right) == str(record.record_id)


def post(browser: Browser, reference: str, code: str, address: str = "198.51.100.1") -> int:
    data = {"reference": reference, "code": code}
    return browser.post("/apply/status", data=data, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.mark.parametrize("there", [True, False])
def test_ten_an_hour_for_a_reference_whether_it_exists_or_not(
    client: Browser, record: Application, code: str, there: bool
) -> None:
    reference = str(record.reference) if there else NOWHERE
    answers = [post(client, reference, WRONG, f"198.51.100.{number}") for number in range(limits.STATUS_TRIES)]
    assert answers == [404] * limits.STATUS_TRIES
    assert post(client, reference, code, "198.51.100.99") == 429


def test_so_many_an_hour_for_an_address_and_a_restart_forgets_none(settings: Settings, record: Application) -> None:
    tight = dataclasses.replace(settings, status_per_address=3)
    known, unknown = str(record.reference), NOWHERE
    before = Browser(create_app(tight))
    assert [post(before, reference, WRONG) for reference in (known, unknown, known)] == [404] * 3
    after = Browser(create_app(tight))
    assert post(after, unknown, WRONG) == 429
    assert post(after, unknown, WRONG, "198.51.100.2") == 404


def test_who_must_wait_is_told_how_long_in_both_languages_and_keeps_what_was_typed(
    client: Browser, record: Application
) -> None:
    for number in range(limits.STATUS_TRIES):
        post(client, NOWHERE, WRONG, f"198.51.100.{number}")
    answer = client.post("/apply/status", data={"reference": NOWHERE, "code": WRONG})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= HOUR
    assert f'value="{NOWHERE}"' in answer.text
    assert answer.text.count('lang="bo"') >= 2
    assert answer.text.count('lang="zh-CN"') >= 2


def test_a_slip_of_the_pen_is_named_and_costs_no_try(client: Browser, db: Database, record: Application) -> None:
    for reference, code in ((str(record.reference)[:-1], WRONG), (str(record.reference), "U")):
        answer = client.post("/apply/status", data={"reference": reference, "code": code})
        assert answer.status_code == 422
        assert "例如" in answer.text
    assert db["visit"].count == 0


def test_changing_the_language_of_the_empty_page_keeps_what_was_typed_and_asks_nothing(
    ask: Callable[..., str], db: Database, record: Application
) -> None:
    page = ask(str(record.reference), "7K3M", switch_language="bo")
    assert 'html lang="bo"' in page
    assert 'value="7K3M"' in page
    assert db["visit"].count == 0


def test_neither_reference_nor_code_nor_address_is_kept_in_clear(
    client: Browser, settings: Settings, record: Application, code: str
) -> None:
    post(client, str(record.reference), code, "203.0.113.77")
    post(client, NOWHERE, WRONG, "203.0.113.77")
    db = connect(settings.database)
    kept = repr([tuple(row) for row in db.execute("SELECT * FROM visit")])
    db.conn.close()
    for private in ("203.0.113.77", NOWHERE, str(record.reference), WRONG, code):
        assert private not in kept


def test_another_points_address_is_not_answered(client: Browser, record: Application) -> None:
    assert client.get("/p/ZZ/apply/status").status_code == 404


def test_the_printed_receipt_holds_the_code_that_opens_it(
    db: Database, ask: Callable[..., str], settings: Settings, record: Application
) -> None:
    reachable = dataclasses.replace(settings, public_url="https://jl.example.cn")
    paper = render(printed.find(db, str(record.record_id), "receipt", reachable).paper)
    link = next(
        text
        for text in (code.text for code in zxingcpp.read_barcodes(pages(paper, 200)[0]))
        if text.startswith("https://jl.example.cn/p/JL/apply/status#")
    )
    reference, code = link.partition("#")[2].split(".")
    assert "服务点已收到" in ask(reference, code)
