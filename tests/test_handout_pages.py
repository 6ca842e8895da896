"""What came down, as the clerk meets it: words to choose from, known buyers, days by the calendar, a stop."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from msgspec.structs import replace
from sqlite_utils import Database

from domain import calendar, codelist, known_buyer
from domain.limits import Limits
from domain.product import Text
from hub import buyers as known
from hub import handing_out, orders
from hub.catalogue import load as load_product
from hub.limits import tell
from settings import Settings
from store import applications, drafts, ledger
from store.clock import today
from store.connection import write
from store.staff import Staff
from sync.enrolment import read_document, take
from sync.once import exchange_once
from tests.browser import Browser
from tests.insurer import PRODUCT, for_underwriter
from tests.online import Hub, hub_for
from tests.pair import STAMP
from tests.test_draft import BUYER, HOLDER, Counter
from tests.trader import send, slip

FOLDER = Path(__file__).parent.parent / "handouts"
LISTED = [known_buyer.read(line) for line in (FOLDER / "buyers.jsonl").read_bytes().splitlines()]
WHY = Text(zh="示例：核对印章", bo="དཔེ་མཚོན། ཐམ་ག་ཞིབ་བཤེར")


class Point:
    """The point's database, a clerk at a browser, and a hub that is up."""

    def __init__(self, db: Database, settings: Settings, browser: Browser, hub: Hub) -> None:
        self.db, self.settings, self.browser, self.hub = db, settings, browser, hub.installation

    def sync(self) -> None:
        assert not exchange_once(self.db, self.settings.keys).problem

    def in_tibetan(self, page: str) -> str:
        self.browser.set_cookie("lang", "bo")
        return self.browser.get(page).text


@pytest.fixture
def point(app: Flask, settings: Settings, db: Database, signed_in: Browser, tmp_path: Path) -> Iterator[Point]:
    with hub_for(settings, tmp_path / "hub") as hub:
        with write(db):
            take(db, read_document(hub.document))
        point = Point(db, settings, signed_in, hub)
        point.sync()
        yield point


def begun(point: Point) -> Counter:
    counter = Counter(point.browser)
    counter.begin()
    return counter


def holding(point: Point) -> Counter:
    """A draft that has come to its buyers."""
    counter = begun(point)
    counter.send("policyholder", HOLDER)
    return counter


def test_words_of_the_insurers_lists_are_offered_while_typing(point: Point):
    handing_out.load_codes(point.hub, codelist.read((FOLDER / "goods.json").read_bytes()))
    handing_out.load_codes(point.hub, codelist.read((FOLDER / "trades.json").read_bytes()))
    counter = holding(point)
    assert "<datalist" not in point.browser.get(counter.url("buyers/1")).text
    point.sync()
    page = point.browser.get(counter.url("buyers/1")).text
    assert 'list="trade_goods-offered"' in page
    assert '<option value="羊毛">' in page
    assert '<option value="批发建材">' in point.browser.get(counter.url("policyholder")).text
    assert '<option value="羊毛" label="བལ">' in point.in_tibetan(counter.url("buyers/1"))


def test_without_a_list_nobody_is_sent_to_it(point: Point):
    counter = holding(point)
    assert 'value="known"' not in point.browser.get(counter.url("buyers/1")).text


def test_a_known_buyer_fills_its_fields_and_keeps_what_was_typed(point: Point, clerk: Staff):
    known.load(point.hub, LISTED)
    point.sync()
    counter = holding(point)
    assert 'value="known"' in point.browser.get(counter.url("buyers/1")).text
    to_list = counter.send("buyers/1", {**BUYER, "name": "", "credit_code": "", "go": "known"})
    assert to_list.location == counter.url("buyers/1/known")
    page = point.browser.submit(to_list.location, q="kljlslsm").text
    assert "没有找到" in page
    chosen = next(one for one in LISTED if one.area == "540234")
    page = point.browser.submit(to_list.location, q="jlsl").text
    assert chosen.name in page
    assert "只供参考" in page
    back = point.browser.submit(f"{to_list.location}/choice", credit_code=chosen.credit_code)
    assert back.location == counter.url("buyers/1")
    [typed] = drafts.get(point.db, counter.id, clerk.id).answers["buyers"]
    assert (typed["name"], typed["credit_code"]) == ([chosen.name], [chosen.credit_code])
    assert typed["trade_goods"] == [BUYER["trade_goods"]]
    page = point.browser.get(back.location).text
    assert "参考：这是保险公司名单中的买方" in page
    assert "以保险公司的决定为准" in page


def test_a_buyer_who_is_not_listed_is_not_chosen(point: Point):
    known.load(point.hub, LISTED)
    point.sync()
    counter = holding(point)
    assert point.browser.submit(counter.url("buyers/1/known/choice"), credit_code="x").status_code == 404
    assert point.browser.submit(counter.url("buyers/9/known/choice"), credit_code="x").status_code == 404


def test_a_list_that_is_not_whole_says_so(point: Point):
    known.load(point.hub, LISTED)
    point.sync()
    counter = holding(point)
    assert "没有收全" not in point.browser.get(counter.url("buyers/1/known")).text
    point.db.execute("UPDATE buyer_list SET whole = 0")
    assert "没有收全" in point.browser.get(counter.url("buyers/1/known")).text


def test_a_stopped_point_says_so_with_the_insurers_reason(point: Point):
    orders.freeze(point.hub, "JL", WHY, "示例")
    point.sync()
    for page in ("/", "/sync"):
        text = point.browser.get(page).text
        assert "保险公司已暂停本服务点受理新申请" in text
        assert WHY.zh in text
    assert "ཐམ་ག་ཞིབ་བཤེར" in point.in_tibetan("/")
    orders.unfreeze(point.hub, "JL", "示例")
    point.sync()
    assert WHY.bo not in point.browser.get("/").text


def test_a_stopped_point_keeps_the_draft_that_was_submitted(point: Point, clerk: Staff):
    counter = Counter(point.browser).fill()
    orders.freeze(point.hub, "JL", WHY, "示例")
    point.sync()
    assert WHY.zh in point.browser.get(counter.url("review")).text
    refused = point.browser.submit(counter.url("submission"))
    assert refused.status_code == 403
    assert "保险公司已暂停本服务点受理新申请" in refused.text
    assert drafts.get(point.db, counter.id, clerk.id)
    orders.unfreeze(point.hub, "JL", "示例")
    point.sync()
    assert point.browser.submit(counter.url("submission")).status_code == 303


def test_a_stopped_point_tells_phones_to_come_again_and_then_takes_what_they_kept(point: Point):
    orders.freeze(point.hub, "JL", WHY, "示例")
    point.sync()
    refused = send(point.browser, slip())
    assert refused.status_code == 503 and refused.headers["Retry-After"]
    orders.unfreeze(point.hub, "JL", "示例")
    point.sync()
    assert send(point.browser, slip()).status_code == 201
    point.sync()
    assert ledger.count(point.db).confirmed == 1


def test_a_stopped_point_at_its_limit_says_both_and_keeps_the_draft(point: Point, clerk: Staff):
    counter = Counter(point.browser).fill()
    orders.freeze(point.hub, "JL", WHY, "示例")
    tell(point.hub, Limits(records=1), "JL")
    point.sync()
    with write(point.db):
        applications.append(point.db, for_underwriter(STAMP), "示例柜员")
    for page in ("/", "/sync", counter.url("review")):
        text = point.browser.get(page).text
        assert WHY.zh in text
        assert "已有1份申请等保险公司确认，暂时不能提交新申请" in text
    assert point.browser.submit(counter.url("submission")).status_code == 403
    assert drafts.get(point.db, counter.id, clerk.id)
    orders.unfreeze(point.hub, "JL", "示例")
    point.sync()
    assert point.browser.submit(counter.url("submission")).status_code == 303


def test_the_answer_is_expected_by_the_calendar_at_hand(point: Point):
    record = for_underwriter(STAMP)
    with write(point.db):
        applications.append(point.db, record, "示例柜员")
    page = f"/applications/{record.reference}"
    assert "个工作日" not in point.browser.get(page).text
    point.sync()
    assert "还没有收到放假和调休安排" in point.browser.get(page).text
    for year in (today().year, today().year + 1):
        days = tuple(today() + timedelta(days) for days in range(1, 20) if (today() + timedelta(days)).year == year)
        handing_out.load_calendar(point.hub, calendar.Calendar(year=year, version=1, origin="示例", off=days, work=()))
    point.sync()
    text = point.browser.get(page).text
    assert "调休安排" not in text
    expected = re.search(r"5个工作日，到(\d+)年(\d+)月(\d+)日", text)
    assert expected
    assert today() + timedelta(19) < today().replace(*map(int, expected.groups()))


def test_a_later_exchange_does_not_move_the_day(point: Point):
    record = for_underwriter(STAMP)
    with write(point.db):
        applications.append(point.db, record, "示例柜员")
    point.sync()
    point.db.execute("UPDATE acknowledged SET hub_time = '2026-03-02T01:00:00Z'")
    for _ in range(2):
        with write(point.db):
            applications.append(point.db, for_underwriter(STAMP), "示例柜员")
        point.sync()
    assert "5个工作日，到2026年3月9日" in point.browser.get(f"/applications/{record.reference}").text


def test_a_draft_keeps_the_version_it_was_begun_with_and_a_new_one_has_the_newest(point: Point):
    old = Counter(point.browser).fill()
    load_product(point.hub, replace(PRODUCT, version=2))
    point.sync()
    new = Counter(point.browser).fill()
    for counter in (old, new):
        assert point.browser.submit(counter.url("submission"), duplicate_reason="示例").status_code == 303
    made_with = [applications.read(point.db, counter.id).cover.version for counter in (old, new)]
    assert made_with == [1, 2]
    point.sync()
    assert [one.outcome for one in applications.page(point.db)].count("quarantined") == 0


def test_a_draft_whose_version_is_over_goes_on_with_the_one_in_force(point: Point):
    counter = Counter(point.browser).fill()
    load_product(point.hub, replace(PRODUCT, version=2))
    point.sync()
    point.db.execute("UPDATE draft SET answers = json_set(answers, '$.product[1]', 7)")
    assert point.browser.submit(counter.url("submission")).status_code == 303
    assert applications.read(point.db, counter.id).cover.version == 2
