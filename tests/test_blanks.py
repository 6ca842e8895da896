"""Numbered blank forms: each number handed out once and for ever, keyed in under itself, refused with a reason."""

import re
from dataclasses import replace as changed
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database

from app import create_app
from domain.blank_code import digits_of
from domain.errors import FieldError, Refused, Unavailable
from domain.reference import number_of, parse_reference, reference_for
from domain.uuid7 import new_uuid7
from domain.words import BlankState, ScriptOrder
from i18n import text
from printing.workshop import Workshop
from settings import Settings
from store import applications, blanks, drafts, journal, migrations, prints
from store.backup import back_up, restore
from store.blanks import Number
from store.clock import today
from store.connection import connect, write
from store.rehearsal import differing, digests
from store.staff import Staff
from tests.browser import Browser
from tests.desk import pages
from tests.enrolment import enrol
from tests.erasing import ordered_erasure, secret
from tests.erasing import taken as taken_by
from tests.pair import Pair, new_pair
from tests.papers import pages as drawn
from tests.test_draft import BUSINESS, BUYER, DECLARED, HOLDER, START, Counter

SOME_RECORD = "01936b2e-7c00-7000-8000-000000000001"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def point(db: Database, clerk: Staff) -> Database:
    enrol(db)
    return db


def reserve(db: Database, count: int = 3) -> list[Number]:
    return blanks.reserve(db, new_uuid7(), count, "clerk")


def refused(db: Database, reference: str) -> str:
    with pytest.raises(FieldError) as caught:
        blanks.usable(db, reference)
    return caught.value.code


def key_in(browser: Browser, number: Number) -> Counter:
    """Fill a draft of the blank form up to its submission."""
    counter = Counter(browser)
    answer = counter.begin(number=number.reference)
    assert answer.status_code == 303, answer.text
    counter.id = number.application
    for step, answers in (
        ("policyholder", HOLDER),
        ("buyers/1", BUYER | {"trade_invoice_number": number.reference}),
        ("business", BUSINESS),
        ("cover", {"tier": "starter"}),
        ("declarations", DECLARED),
    ):
        assert counter.send(step, answers).status_code == 303
    return counter


def test_numbers_are_those_of_the_records_to_come(point: Database):
    numbers = reserve(point, 20)
    assert len({one.reference for one in numbers}) == len({one.application for one in numbers}) == 20
    for one in numbers:
        assert one.reference == reference_for(one.application, "JL", today().year) == parse_reference(one.reference)
        assert (one.state, blanks.usable(point, one.reference)) == (BlankState.OUT, one)
    assert blanks.outstanding(point) == 20
    assert journal.verify(point) == []


def test_the_same_press_again_hands_out_nothing_more(point: Database):
    series = new_uuid7()
    first = blanks.reserve(point, series, 2, "clerk")
    assert blanks.reserve(point, series, 5, "clerk") == first
    assert blanks.outstanding(point) == 2


@pytest.mark.parametrize("count", [0, -1, 51])
def test_a_count_that_is_none_hands_out_nothing(point: Database, count: int):
    with pytest.raises(FieldError):
        reserve(point, count)
    assert blanks.outstanding(point) == 0


def test_a_number_that_was_taken_by_chance_is_not_handed_out(point: Database, monkeypatch: pytest.MonkeyPatch):
    [known] = reserve(point, 1)
    ids = iter([new_uuid7(), known.application, new_uuid7(), new_uuid7()])
    monkeypatch.setattr(blanks, "new_uuid7", lambda: next(ids))
    [fresh] = reserve(point, 1)
    assert fresh.reference != known.reference


def test_keyed_in_it_is_the_record_with_that_number(signed_in: Browser, point: Database):
    number, *others = reserve(point)
    counter = key_in(signed_in, number)
    page = counter.send("submission", {})
    assert page.location == f"/applications/{number.reference}"
    record = applications.read(point, number.application)
    assert (record.record_id, record.reference) == (number.application, number.reference)
    assert refused(point, number.reference) == "blank.used"
    assert [one.reference for one in blanks.page(point, BlankState.OUT)] == [one.reference for one in reversed(others)]
    assert [one.reference for one in blanks.page(point, BlankState.USED)] == [number.reference]


def test_next_year_it_has_the_number_on_the_paper_still(
    signed_in: Browser, point: Database, monkeypatch: pytest.MonkeyPatch
):
    last_year = today().replace(year=today().year - 1)
    with monkeypatch.context() as patch:
        patch.setattr(blanks, "today", lambda: last_year)
        [number] = reserve(point, 1)
    assert number_of(number.reference)[1] == last_year.year % 100
    key_in(signed_in, number).send("submission", {})
    assert applications.read(point, number.application).reference == number.reference


def test_spoiled_is_for_ever_and_says_why(point: Database):
    number, *_ = reserve(point)
    blanks.spoil(point, number.reference, "写坏了", "clerk")
    assert refused(point, number.reference) == "blank.spoiled"
    [spoiled] = blanks.page(point, BlankState.SPOILED)
    assert (spoiled.reference, blanks.reason(point, spoiled)) == (number.reference, "写坏了")
    with pytest.raises(FieldError):
        blanks.spoil(point, number.reference, "又", "clerk")


def test_what_somebody_keys_in_is_not_spoiled(signed_in: Browser, point: Database):
    number, *_ = reserve(point)
    key_in(signed_in, number)
    with pytest.raises(Refused, match="being_keyed_in"):
        blanks.spoil(point, number.reference, "写坏了", "clerk")


def test_foreign_and_unknown_numbers_are_told_apart(point: Database):
    assert refused(point, reference_for(new_uuid7(), "ZM", 2026)) == "blank.foreign"
    assert refused(point, reference_for(new_uuid7(), "JL", 2026)) == "blank.unknown"


def test_a_restored_backup_never_hands_out_a_number_again(point: Database, settings: Settings, tmp_path: Path):
    backup = tmp_path / "backup.db"
    before = reserve(point)
    back_up(point, backup, "")
    lost = reserve(point, 50)
    restore(backup, tmp_path / "restored.db", "", None)
    again = connect(tmp_path / "restored.db")
    assert {one.reference for one in blanks.page(again, BlankState.OUT)} == {one.reference for one in before}
    fresh = {one.reference for _ in range(6) for one in reserve(again, 50)}
    assert len(fresh) == 300
    assert fresh & {one.reference for one in (*before, *lost)} == set()
    assert refused(again, lost[0].reference) == "blank.unknown"
    again.conn.close()


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    pair = new_pair(tmp_path)
    assert pair.exchange().complete
    return pair


def test_numbers_a_restored_backup_lacks_come_back_from_the_hub(pair: Pair, tmp_path: Path):
    back_up(pair.db, tmp_path / "backup.db", "")
    number, spoiled = reserve(pair.db, 2)
    blanks.spoil(pair.db, spoiled.reference, "撕毁", "clerk")
    pair.exchange()
    pair.db.conn.close()
    restore(tmp_path / "backup.db", pair.path, "", tmp_path / "aside.db")
    pair.reopen()
    assert refused(pair.db, number.reference) == "blank.unknown"
    pair.exchange()
    assert blanks.usable(pair.db, number.reference).application == number.application
    assert refused(pair.db, spoiled.reference) == "blank.spoiled"


def test_a_rebuild_gives_the_same_states(signed_in: Browser, point: Database, tmp_path: Path):
    used, spoiled, *_ = reserve(point)
    key_in(signed_in, used).send("submission", {})
    blanks.spoil(point, spoiled.reference, "写坏了", "clerk")
    assert differing(point, tmp_path, "") == []
    with write(point):
        before = digests(point)
        point.execute("UPDATE blank SET state = 'out'")
        journal.rebuild(point)
        assert digests(point) == before


def test_a_number_whose_application_was_erased_stays_used(pair: Pair, tmp_path: Path):
    [number] = reserve(pair.db, 1)
    record = taken_by(pair, replace(secret(), record_id=number.application, reference=number.reference))
    pair.exchange()
    ordered_erasure(pair, record)
    pair.exchange()
    assert refused(pair.db, number.reference) == "blank.used"
    assert differing(pair.db, tmp_path, "") == []


def test_a_database_of_before_gets_the_tables(tmp_path: Path):
    db = connect(tmp_path / "point.db")
    migrations.migrate(db)
    assert db["blank"].count == db["print"].count == db["pile"].count == 0
    db.conn.close()


# The pages.


@pytest.mark.parametrize("language", ["zh", "bo"])
@pytest.mark.parametrize(
    ("why", "typed"),
    [
        ("shape", "abc"),
        ("check", "JL-26-4F7K-9QTM-X"),
        ("unknown", reference_for(SOME_RECORD, "JL", 2026)),
        ("foreign", reference_for(SOME_RECORD, "ZM", 2026)),
        ("damaged", digits_of("JL-26-4F7K-9QTM-W")[:-1] + "x"),
        ("used", ""),
        ("spoiled", ""),
    ],
)
def test_a_number_that_cannot_be_used_is_refused_at_its_field_and_nothing_typed_is_lost(
    signed_in: Browser, point: Database, why: str, typed: str, language: str
):
    used, spoiled, *_ = reserve(point)
    key_in(signed_in, used).send("submission", {})
    blanks.spoil(point, spoiled.reference, "写坏了", "clerk")
    typed = typed or (used if why == "used" else spoiled).reference
    signed_in.set_cookie("lang", language)
    answer = Counter(signed_in).begin(number=typed)
    assert answer.status_code == 422
    [error] = re.findall(r'id="number-error">(.*?)</p>', answer.text)
    said = re.sub("<[^>]+>", "", error)
    assert said and bool(CHINESE.search(said)) is (language == "zh")
    assert f'value="{typed}"' in answer.text
    assert re.search(r'value="enterprise" checked', answer.text)


def test_a_scanned_code_in_the_field_is_the_number(signed_in: Browser, point: Database, clerk: Staff):
    number, *_ = reserve(point)
    counter = Counter(signed_in)
    assert counter.begin(number=digits_of(number.reference)).location == f"/drafts/{number.application}/policyholder"
    assert drafts.get(point, number.application, clerk.id).answers["blank"] == number.reference
    assert [draft.id for draft in drafts.mine(point, clerk.id)] == [number.application]


def test_the_switch_of_language_keeps_a_number_that_is_half_typed(signed_in: Browser, point: Database):
    reserve(point)
    counter = Counter(signed_in)
    answer = counter.begin(number="JL-26-", switch_language="bo")
    assert 'value="JL-26-"' in signed_in.get(answer.location).text


def test_the_same_number_again_leads_to_its_draft_and_begins_no_second(
    signed_in: Browser, point: Database, clerk: Staff
):
    number, *_ = reserve(point)
    key_in(signed_in, number)
    answer = Counter(signed_in).begin(number=number.reference)
    assert answer.location == f"/drafts/{number.application}/start"
    [draft] = drafts.mine(point, clerk.id)
    assert draft.answers["policyholder"]["name"] == [HOLDER["name"]]


def test_a_draft_that_holds_more_keeps_its_own_number(signed_in: Browser, point: Database, clerk: Staff):
    number, *_ = reserve(point)
    counter = Counter(signed_in).fill()
    answer = counter.send("start", {**START, "number": number.reference})
    assert answer.status_code == 422 and "这份草稿已经写了别的内容" in answer.text
    assert [draft.id for draft in drafts.mine(point, clerk.id)] == [counter.id]


def scan(browser: Browser, code: str):
    return browser.submit("/scans", code=code)


def search(browser: Browser, code: str):
    return browser.submit("/searches", q=code)


@pytest.mark.parametrize("box", [scan, search])
@pytest.mark.parametrize("around", ["{}", "]Q1{}\n"])
def test_scanned_anywhere_its_draft_begins(signed_in: Browser, point: Database, box, around: str):
    number, *_ = reserve(point)
    answer = box(signed_in, around.format(digits_of(number.reference)))
    assert answer.location == f"/drafts/{number.application}/start"
    page = signed_in.get(answer.location).text
    assert f"照空白表{number.reference}录入，编号不变" in page
    assert 'name="number"' not in page


def test_typed_in_the_scan_box_too(signed_in: Browser, point: Database):
    number, *_ = reserve(point)
    assert scan(signed_in, number.reference.lower()).location == f"/drafts/{number.application}/start"
    assert "本机没有印过" in scan(signed_in, reference_for(new_uuid7(), "JL", 2026)).text


def test_typed_where_one_searches_it_shows_the_number(signed_in: Browser, point: Database):
    number, *_ = reserve(point)
    assert search(signed_in, number.reference).location == f"/blanks/{number.reference}"
    assert "照这份录入" in signed_in.get(f"/blanks/{number.reference}").text


def test_a_used_one_that_is_scanned_says_so(signed_in: Browser, point: Database):
    number, *_ = reserve(point)
    key_in(signed_in, number).send("submission", {})
    answer = scan(signed_in, digits_of(number.reference))
    assert answer.status_code == 422 and "已经录入" in answer.text
    assert search(signed_in, number.reference).location == f"/applications/{number.reference}"


def test_whoever_has_the_paper_gets_the_draft(
    app: Flask, signed_in: Browser, point: Database, manager: Staff, clerk: Staff
):
    number, *_ = reserve(point)
    scan(signed_in, digits_of(number.reference))
    other = Browser(app).sit_down(point, manager)
    answer = scan(other, digits_of(number.reference))
    assert clerk.name in other.get(answer.location).text
    assert drafts.holder(point, number.application) == manager.id


def test_printed_forms_carry_their_numbers_and_codes(signed_in: Browser, point: Database, clerk: Staff):
    series = new_uuid7()
    answer = signed_in.submit("/blanks", count="2", series=series)
    assert answer.mimetype == "application/pdf"
    numbers = blanks.of_series(point, series)
    codes = {code.text for page in drawn(answer.data, 200) for code in zxingcpp.read_barcodes(page)}
    assert codes == {digits_of(one.reference) for one in numbers}
    [kept] = prints.of(point, series)
    assert (kept.about.paper, kept.made_by) == ("blank", clerk.id)
    again = signed_in.submit("/blanks", count="2", series=series)
    assert again.data == answer.data
    assert len(prints.of(point, series)) == 1


def test_they_come_in_the_points_languages_or_in_those_that_were_chosen(
    signed_in: Browser, app: Flask, point: Database
):
    def order(**chosen: str) -> ScriptOrder:
        series = new_uuid7()
        assert signed_in.submit("/blanks", count="1", series=series, **chosen).mimetype == "application/pdf"
        return prints.of(point, series)[0].about.order

    assert order() is ScriptOrder.ZH_FIRST
    assert order(order="bo") is ScriptOrder.BO
    app.config["SETTINGS"] = changed(app.config["SETTINGS"], script_order="bo")
    assert 'value="bo" checked' in signed_in.get("/blanks").text
    assert order() is ScriptOrder.BO
    assert order(order="zh") is ScriptOrder.ZH


@pytest.mark.parametrize("count", ["", "0", "51", "x", "1.5"])
def test_a_count_is_asked_for_at_its_field(signed_in: Browser, point: Database, count: str):
    answer = signed_in.submit("/blanks", count=count)
    assert answer.status_code == 422 and 'id="count-error"' in answer.text
    assert blanks.outstanding(point) == 0


def test_a_print_that_failed_prints_the_same_numbers_when_it_is_tried_again(
    signed_in: Browser, point: Database, monkeypatch: pytest.MonkeyPatch
):
    series = new_uuid7()

    def fail(*_: object) -> bytes:
        raise Unavailable("paper.failed")

    with monkeypatch.context() as patch:
        patch.setattr(Workshop, "render_all", fail)
        answer = signed_in.submit("/blanks", count="2", series=series)
    assert answer.status_code == 503
    assert f'name="series" value="{series}"' in answer.text and "再试一次" in answer.text
    before = blanks.of_series(point, series)
    assert signed_in.submit("/blanks", count="2", series=series).status_code == 200
    assert blanks.of_series(point, series) == before


def test_the_list_shows_what_is_out_used_and_spoiled(signed_in: Browser, point: Database):
    out, used, spoiled = reserve(point)
    key_in(signed_in, used).send("submission", {})
    answer = signed_in.submit(f"/blanks/{spoiled.reference}/spoiling", reason="写坏了")
    assert answer.location == "/blanks"
    for state, number in ((BlankState.OUT, out), (BlankState.USED, used), (BlankState.SPOILED, spoiled)):
        page = signed_in.get("/blanks", query_string={"state": state}).text
        assert re.findall(r'href="/blanks/(JL[^"]+)"', page) == [number.reference]
    assert "写坏了" in signed_in.get(f"/blanks/{spoiled.reference}").text
    assert "1份空白表在外面没有用" in signed_in.get("/blanks").text


def test_spoiling_asks_why(signed_in: Browser, point: Database):
    number, *_ = reserve(point)
    assert signed_in.submit(f"/blanks/{number.reference}/spoiling").status_code == 422
    assert blanks.usable(point, number.reference)


def test_a_long_list_comes_page_by_page(signed_in: Browser, point: Database):
    numbers = [one for _ in range(3) for one in reserve(point, 25)]
    first = signed_in.get("/blanks").text
    [more] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = signed_in.get(more.replace("&amp;", "&")).text
    shown = re.findall(r'href="/blanks/(JL[^"]+)"', first + second)
    assert shown == [one.reference for one in reversed(numbers)]


def test_the_command_prints_and_lists(app: Flask, point: Database, tmp_path: Path):
    run = app.test_cli_runner().invoke
    done = run(args=["blank", "print", "--count", "2", "--output", str(tmp_path / "blank.pdf")])
    assert done.exit_code == 0, done.output
    printed = done.stdout.split()
    assert pages((tmp_path / "blank.pdf").read_bytes()) >= 4
    listed = run(args=["blank", "list"]).stdout
    assert len(printed) == 2 and all(reference in listed for reference in printed)
    assert '"reference"' in run(args=["blank", "list", "--json"]).stdout


@pytest.mark.parametrize(("chosen", "order"), [([], "bo"), (["--language-order", "zh"], "zh")])
def test_the_command_prints_in_the_languages_asked_for(
    app: Flask, point: Database, tmp_path: Path, chosen: list[str], order: str
):
    app.config["SETTINGS"] = changed(app.config["SETTINGS"], script_order="bo")
    output = ["--count", "1", "--output", str(tmp_path / "blank.pdf")]
    done = app.test_cli_runner().invoke(args=["blank", "print", *output, *chosen])
    assert done.exit_code == 0, done.output
    number = blanks.find(point, done.stdout.strip())
    assert prints.of(point, number.series)[0].about.order == order


def test_the_command_needs_an_enrolled_point(settings: Settings, tmp_path: Path):
    done = (
        create_app(settings)
        .test_cli_runner()
        .invoke(args=["blank", "print", "--count", "1", "--output", str(tmp_path / "x.pdf")])
    )
    assert done.exit_code == 1
    assert text("zh", "本服务点还没有在保险公司平台登记，请先完成登记") in done.stderr
    assert text("bo", "本服务点还没有在保险公司平台登记，请先完成登记") in done.stderr
