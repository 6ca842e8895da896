"""The end-of-day list: what was taken, what is printed and signed, the sums; on the screen and on paper."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlite_utils import Database

from domain.handover import totals
from domain.signing import Signing
from domain.uuid7 import new_uuid7
from domain.words import ScriptOrder
from store import blanks, handover, pile, prints
from store.clock import today
from store.connection import write
from store.staff import Staff
from tests.browser import Browser
from tests.desk import corrected, press, print_of, taken, text
from tests.enrolment import enrol


@pytest.fixture
def point(db: Database, clerk: Staff) -> Database:
    enrol(db)
    return db


def test_a_day_has_its_records_in_their_order_with_their_sums(point: Database):
    records = [taken(point) for _ in range(3)]
    found = handover.of_day(point, today())
    assert [line.reference for line in found.lines] == [record.reference for record in records]
    for line, record in zip(found.lines, records, strict=True):
        assert record.quote
        assert (line.insured_fen, line.premium_fen) == (record.quote.insured_fen, record.quote.premium_fen)
        assert (line.payable_fen, line.amount_fen) == (record.quote.payable_fen, record.buyers[0].trade.amount_fen)
        assert (line.signing, line.sync, line.clerk) == (Signing.UNPRINTED, "pending", "示例经办")
    assert found.totals == totals(found.lines)
    assert found.totals.insured_fen == sum(record.quote.insured_fen for record in records if record.quote)
    assert (found.totals.applications, found.totals.printed, found.totals.confirmed) == (3, 0, 0)


def test_what_is_printed_counts_for_the_revision_that_is_there(point: Database):
    record = taken(point)
    with write(point):
        prints.append(point, new_uuid7(), print_of(str(record.record_id)), "clerk")
    [line] = handover.of_day(point, today()).lines
    assert line.printed and line.signing is Signing.WAITING
    corrected(point, record)
    [line] = handover.of_day(point, today()).lines
    assert not line.printed and line.revision == 2


def test_other_days_are_empty_and_blank_forms_are_counted(point: Database):
    taken(point)
    blanks.reserve(point, new_uuid7(), 4, "clerk")
    yesterday = handover.of_day(point, today() - timedelta(days=1))
    assert (yesterday.lines, yesterday.totals.insured_fen, yesterday.blanks) == ((), 0, 4)


def test_the_page_shows_them_and_prints_them(signed_in: Browser, point: Database, clerk: Staff):
    records = [taken(point) for _ in range(2)]
    page = signed_in.get("/handovers").text
    assert "2份申请，0份已签字" in page
    assert all(str(record.reference) in page for record in records)
    answer = signed_in.submit(f"/handovers/{today()}/prints")
    assert answer.mimetype == "application/pdf"
    said = text(answer.data)
    assert "日终交接单" in said and clerk.name in said
    assert all(str(record.reference) in said for record in records)
    sums = handover.of_day(point, today()).totals
    assert f"{sums.insured_fen / 100:,.2f}" in said and f"{sums.payable_fen / 100:,.2f}" in said
    [kept] = prints.of(point, str(today()))
    assert (kept.about.paper, kept.made_by) == ("handover", clerk.id)
    assert "打印过1次" in signed_in.get("/handovers").text


def test_list_and_pile_take_the_points_languages_or_those_that_were_chosen(
    signed_in: Browser, app: Flask, point: Database
):
    taken(point)
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], script_order="bo")
    assert 'value="bo" checked' in signed_in.get("/handovers").text
    signed_in.submit(f"/handovers/{today()}/prints")
    signed_in.submit(f"/handovers/{today()}/prints", order="zh")
    assert [one.about.order for one in prints.of(point, str(today()))] == [ScriptOrder.BO, ScriptOrder.ZH]
    signed_in.submit(f"/handovers/{today()}/pile", order="bo_first")
    assert [one.wanted.order for one in pile.everything(point)] == [ScriptOrder.BO_FIRST]


def test_an_empty_day_can_be_printed_too(signed_in: Browser, point: Database):
    answer = signed_in.submit(f"/handovers/{today() - timedelta(days=9)}/prints")
    assert answer.mimetype == "application/pdf"


@pytest.mark.parametrize("day", ["2026-13-01", "x", "1"])
def test_a_day_that_is_none_is_said_at_its_field(signed_in: Browser, point: Database, day: str):
    page = signed_in.get("/handovers", query_string={"day": day}).text
    assert re.search(r'id="day-error">[^<]', page) and f'value="{day}"' in page
    assert signed_in.submit(f"/handovers/{day}/prints").status_code == 404


def test_what_was_not_printed_goes_on_the_pile_once(signed_in: Browser, point: Database):
    records = [taken(point) for _ in range(3)]
    press(signed_in, records[0])
    assert "没打印的2份申请表放进待打印" in signed_in.get("/handovers").text
    for _ in range(2):
        assert signed_in.submit(f"/handovers/{today()}/pile").location == "/pile"
    assert [one.wanted.application for one in pile.everything(point)] == [record.record_id for record in records[1:]]
    assert {one.wanted.order for one in pile.everything(point)} == {ScriptOrder.ZH_FIRST}


def test_the_pile_takes_no_more_than_it_holds(signed_in: Browser, point: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pile, "MOST", 2)
    for _ in range(3):
        taken(point)
    signed_in.submit(f"/handovers/{today()}/pile")
    assert pile.count(point) == 2
