"""Papers printed later: put on the pile, made in one go beside the page, taken off when they came out right."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace as changed

import pytest
from flask import Flask
from sqlite_utils import Database

from domain.application import Application
from domain.errors import Unavailable
from domain.words import PaperSize, PrintReason, ScriptOrder
from printing.render import render as render_paper
from printing.render import render_all as render_papers
from printing.workshop import Workshop
from store import pile
from store.pile import Wanted
from store.staff import Staff
from tests.browser import Browser
from tests.desk import alone, corrected, pages, place, press, printed, taken
from tests.enrolment import enrol
from views.batch import Batch

PATIENCE = 60


@pytest.fixture
def records(db: Database, signed_in: Browser) -> list[Application]:
    enrol(db)
    return [taken(db) for _ in range(3)]


def later(browser: Browser, record: Application, name: str = "application", **fields: str):
    return browser.submit(place(record, name, "pile"), **fields)


def waiting(db: Database) -> list[Wanted]:
    return [one.wanted for one in pile.everything(db)]


def made(browser: Browser, app: Flask) -> Batch:
    """Press "print all" and wait until everything is made."""
    assert browser.submit("/pile/batches").location == "/pile/watch"
    batch: Batch = app.extensions["batch"]
    finished(batch)
    assert not batch.running
    return batch


def finished(batch: Batch) -> None:
    until = time.monotonic() + PATIENCE
    while batch.running and time.monotonic() < until:
        time.sleep(0.02)


def opened(browser: Browser, batch: Batch, number: int = 0) -> bytes:
    answer = browser.submit(f"/pile/batches/{batch.id}/documents/{number}")
    assert answer.mimetype == "application/pdf"
    return bytes(answer.data)


def test_a_paper_waits_and_home_says_how_many(
    signed_in: Browser, records: list[Application], db: Database, clerk: Staff
):
    assert later(signed_in, records[0]).location == f"/applications/{records[0].reference}/papers"
    later(signed_in, records[1], "receipt", size="roll80", order="bo")
    assert "待打印 2 份" in signed_in.get("/").text
    assert waiting(db) == [
        Wanted(str(records[0].record_id), "application", ScriptOrder.ZH_FIRST),
        Wanted(str(records[1].record_id), "receipt", ScriptOrder.BO, PaperSize.ROLL),
    ]
    page = signed_in.get("/pile").text
    assert "2份等着打印" in page and str(records[1].reference) in page and clerk.name in page
    assert "在待打印里" in signed_in.get(f"/applications/{records[0].reference}/papers").text
    assert printed(db, records[0]) == []


def test_the_same_paper_waits_once(signed_in: Browser, records: list[Application], db: Database):
    later(signed_in, records[0])
    later(signed_in, records[0])
    assert len(waiting(db)) == 1


def test_what_was_printed_before_asks_why_before_it_waits(signed_in: Browser, records: list[Application], db: Database):
    press(signed_in, records[0])
    assert later(signed_in, records[0]).status_code == 422
    later(signed_in, records[0], reason="lost")
    assert [one.reason for one in waiting(db)] == [PrintReason.LOST]


def test_the_pile_ends_somewhere(signed_in: Browser, records: list[Application], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pile, "MOST", 1)
    later(signed_in, records[0])
    answer = later(signed_in, records[1])
    assert answer.status_code == 403 and "最多1份" in answer.text


def test_one_can_be_taken_off(signed_in: Browser, records: list[Application], db: Database):
    later(signed_in, records[0])
    [one] = pile.everything(db)
    signed_in.submit(f"/pile/{one.id}/removal")
    assert waiting(db) == []


def test_all_of_it_is_printed_in_one_document_and_leaves_when_it_came_out_right(
    signed_in: Browser, app: Flask, records: list[Application], db: Database, clerk: Staff
):
    for record in records:
        later(signed_in, record)
    batch = made(signed_in, app)
    page = signed_in.get("/pile").text
    assert "打开3份" in page and page.count('name="right"') == 3
    assert all(printed(db, record) == [] for record in records)
    pdf = opened(signed_in, batch)
    assert pages(pdf) == 3 * sum(pages(alone(signed_in, records[0], name)) for name in ("application", "key-terms"))
    assert opened(signed_in, batch) == pdf
    for record in records:
        [kept] = printed(db, record)
        assert (kept.made_by, kept.about.paper) == (clerk.id, "application")
    ids = [one.id for one in pile.everything(db)]
    answer = signed_in.submit(f"/pile/batches/{batch.id}/outcome", right=ids[:2])
    assert answer.status_code == 303
    assert [one.id for one in pile.everything(db)] == ids[2:]
    assert "打好2份，已从待打印中拿下。还剩1份" in signed_in.get("/pile").text


def test_each_of_them_is_byte_for_byte_what_it_is_alone(
    signed_in: Browser, app: Flask, records: list[Application], db: Database
):
    later(signed_in, records[0])
    later(signed_in, records[1])
    opened(signed_in, made(signed_in, app))
    page = signed_in.get(place(records[0], rest="")).text
    assert "与第一次打印的完全相同" in page


def test_what_did_not_come_out_right_is_printed_again_for_that_reason(
    signed_in: Browser, app: Flask, records: list[Application], db: Database
):
    later(signed_in, records[0])
    batch = made(signed_in, app)
    opened(signed_in, batch)
    signed_in.submit(f"/pile/batches/{batch.id}/outcome")
    assert len(waiting(db)) == 1
    opened(signed_in, made(signed_in, app))
    assert [one.about.reason for one in printed(db, records[0])] == [None, PrintReason.PRINTER]


def test_what_was_not_opened_is_not_taken_off(signed_in: Browser, app: Flask, records: list[Application], db: Database):
    later(signed_in, records[0])
    batch = made(signed_in, app)
    signed_in.submit(f"/pile/batches/{batch.id}/outcome", right=[one.id for one in pile.everything(db)])
    assert len(waiting(db)) == 1
    assert printed(db, records[0]) == []


def test_each_kind_of_paper_and_language_is_a_document_of_its_own(
    signed_in: Browser, app: Flask, records: list[Application], db: Database
):
    later(signed_in, records[0])
    later(signed_in, records[0], "receipt", size="roll80")
    later(signed_in, records[1], order="bo")
    later(signed_in, records[1])
    batch = made(signed_in, app)
    assert [(document.tray, len(document.sheets)) for document in batch.documents] == [
        ((PaperSize.A4, ScriptOrder.ZH_FIRST), 2),
        ((PaperSize.ROLL, ScriptOrder.ZH_FIRST), 1),
        ((PaperSize.A4, ScriptOrder.BO), 1),
    ]


@pytest.mark.parametrize("error", ["paper.failed", "paper.too_slow"], ids=["fails", "takes too long"])
def test_one_that_cannot_be_made_is_named_and_the_others_are_printed(
    signed_in: Browser, app: Flask, records: list[Application], db: Database, monkeypatch: pytest.MonkeyPatch,
    error: str,
):  # fmt: skip
    for record in records:
        later(signed_in, record)

    def sometimes(_workshop, paper, order):
        if paper.reference == records[1].reference:
            raise Unavailable(error)
        return render_paper(paper, order)

    monkeypatch.setattr(Workshop, "render", sometimes)
    batch = made(signed_in, app)
    page = signed_in.get("/pile").text
    [notice] = re.findall(r'<div class="notice bad".*?</div>', page, re.DOTALL)
    assert str(records[1].reference) in notice
    assert ("没有打印成" if error == "paper.failed" else "打印用的时间太长") in notice
    whole = sum(pages(alone(signed_in, records[0], name)) for name in ("application", "key-terms"))
    assert pages(opened(signed_in, batch)) == 2 * whole
    assert [len(printed(db, record)) for record in records] == [1, 0, 1]
    signed_in.submit(f"/pile/batches/{batch.id}/outcome", right=[one.id for one in pile.everything(db)])
    assert [one.application for one in waiting(db)] == [records[1].record_id]


def test_a_document_that_cannot_be_put_together_loses_nothing(
    signed_in: Browser, app: Flask, records: list[Application], db: Database, monkeypatch: pytest.MonkeyPatch
):
    later(signed_in, records[0])

    def fail(*_: object) -> bytes:
        raise Unavailable("paper.failed")

    monkeypatch.setattr(Workshop, "render_all", fail)
    made(signed_in, app)
    page = signed_in.get("/pile").text
    assert "一份也没有做成" in page and str(records[0].reference) in page
    assert len(waiting(db)) == 1


@pytest.fixture
def slow(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Let the press wait after the form and its notice until it is told to go on."""
    go, count = threading.Event(), iter(range(9))

    def render_slowly(_workshop, paper, order):
        if next(count) > 1:
            assert go.wait(PATIENCE)
        return render_paper(paper, order)

    monkeypatch.setattr(Workshop, "render", render_slowly)
    yield go.set
    go.set()
    if "batch" in app.extensions:
        finished(app.extensions["batch"])


def begun(browser: Browser, app: Flask, records: list[Application]) -> Batch:
    for record in records:
        later(browser, record)
    browser.submit("/pile/batches")
    batch: Batch = app.extensions["batch"]
    until = time.monotonic() + PATIENCE
    while batch.done < 1 and time.monotonic() < until:
        time.sleep(0.02)
    return batch


def test_it_says_how_far_it_has_come_with_and_without_script(
    signed_in: Browser, app: Flask, records: list[Application], slow: Callable[[], None]
):
    batch = begun(signed_in, app, records)
    assert signed_in.get("/pile/state").json == {"total": 6, "waiting": 5}
    page = signed_in.get("/pile/watch").text
    assert 'max="6" value="1"' in page and '<meta http-equiv="refresh" content="5; url=/pile/watch">' in page
    slow()
    finished(batch)
    assert signed_in.get("/pile/state").json == {"total": 0, "waiting": 0}


def test_a_second_batch_waits_for_the_first(
    signed_in: Browser, app: Flask, records: list[Application], slow: Callable[[], None]
):
    batch = begun(signed_in, app, records)
    answer = signed_in.submit("/pile/batches")
    assert answer.status_code == 409 and "正在准备另一批" in answer.text
    assert app.extensions["batch"] is batch


def test_it_can_be_cancelled_and_everything_stays(
    signed_in: Browser, app: Flask, records: list[Application], db: Database, slow: Callable[[], None]
):
    batch = begun(signed_in, app, records)
    assert signed_in.submit(f"/pile/batches/{batch.id}/cancellation").location == "/pile"
    slow()
    finished(batch)
    assert (batch.documents, batch.done) == ([], 1)
    assert len(waiting(db)) == 3
    assert "3份等着打印" in signed_in.get("/pile").text
    assert signed_in.submit(f"/pile/batches/{batch.id}/documents/0").status_code == 404


def test_cancelling_while_documents_are_put_together_ends_that_too(
    signed_in: Browser, app: Flask, records: list[Application], monkeypatch: pytest.MonkeyPatch
):
    def cancelled_meanwhile(_workshop, papers, order, progress):
        app.extensions["batch"].stop.set()
        return render_papers(papers, order, progress)

    monkeypatch.setattr(Workshop, "render_all", cancelled_meanwhile)
    for record in records:
        later(signed_in, record)
    assert made(signed_in, app).documents == []


def test_an_empty_pile_makes_no_batch(signed_in: Browser, app: Flask, records: list[Application]):
    signed_in.submit("/pile/batches")
    assert "batch" not in app.extensions
    assert "没有等着打印的" in signed_in.get("/pile").text


def test_another_batch_than_the_one_on_the_screen_is_not_touched(
    signed_in: Browser, app: Flask, records: list[Application]
):
    later(signed_in, records[0])
    batch = made(signed_in, app)
    other = str(records[0].record_id)
    for end in ("documents/0", "outcome", "cancellation"):
        assert signed_in.submit(f"/pile/batches/{other}/{end}").status_code == 404
    assert app.extensions["batch"] is batch
    assert signed_in.submit(f"/pile/batches/{batch.id}/documents/7").status_code == 404


def test_what_is_printed_from_the_pile_is_the_record_as_it_is_now(
    signed_in: Browser, app: Flask, records: list[Application], db: Database
):
    later(signed_in, records[0])
    corrected(db, records[0])
    opened(signed_in, made(signed_in, app))
    [kept] = printed(db, records[0])
    assert kept.about.revision == 2


def test_settings_are_what_they_were_when_it_began(app: Flask, signed_in: Browser, records: list[Application]):
    later(signed_in, records[0], "receipt")
    app.config["SETTINGS"] = changed(app.config["SETTINGS"], script_order="bo_first")
    [document] = made(signed_in, app).documents
    assert document.tray == (PaperSize.A4, ScriptOrder.ZH_FIRST)
