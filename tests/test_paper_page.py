"""The clerk's papers: looked at, printed at once, printed again with a reason, and never a stack trace."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import count

import pytest
from flask import Flask
from msgspec.structs import replace as with_other
from PIL import Image
from sqlite_utils import Database

import imprint
from domain.application import Application
from domain.errors import Unavailable
from domain.uuid7 import new_uuid7
from domain.words import Change, Outcome, PaperSize, PrintReason, ScriptOrder
from i18n import text
from pictures import preview
from printing import qr
from printing.workshop import Workshop
from store import history, journal, pile, prints
from store.staff import Staff
from tests.browser import Browser
from tests.desk import alone, corrected, pages, place, press, printed, taken
from tests.desk import text as text_of
from tests.enrolment import PRODUCT, decide, enrol
from tests.papers import accepted
from views import printed as views_printed
from views import printout


@pytest.fixture
def record(db: Database, signed_in: Browser) -> Application:
    enrol(db)
    return taken(db)


def shown(browser: Browser, record: Application, name: str = "application", **query: str) -> str:
    answer = browser.get(place(record, name, ""), query_string=query)
    assert answer.status_code == 200
    return answer.text


def pictures(page: str) -> list[Image.Image]:
    found = re.findall(r'<img src="data:image/webp;base64,([^"]+)"', page)
    return [Image.open(BytesIO(base64.b64decode(one))) for one in found]


def test_the_first_print_asks_nothing_and_the_journal_says_what_it_was(
    signed_in: Browser, record: Application, db: Database, clerk: Staff
):
    pdf = press(signed_in, record)
    [kept] = printed(db, record)
    about = kept.about
    assert (about.paper, about.subject, about.revision) == ("application", record.record_id, 1)
    assert (about.order, about.size, about.reason, about.reprint) == (ScriptOrder.ZH_FIRST, PaperSize.A4, None, None)
    own = alone(signed_in, record)
    assert about.sha256 == hashlib.sha256(own).hexdigest()
    assert pages(pdf) > pages(own)
    assert about.product == f"{PRODUCT.id}/{PRODUCT.version}"
    assert about.program == "0.1.0"
    assert kept.made_by == clerk.id
    events = [one for one in history.of(db, str(record.record_id)) if one.what == "printed"]
    assert [(event.detail, event.who) for event in events] == [("application", clerk.id), ("key-terms", clerk.id)]
    assert "打印</strong> 投保申请表" in signed_in.get(f"/applications/{record.reference}").text


def test_pressing_twice_prints_once_and_gives_the_same(signed_in: Browser, record: Application, db: Database):
    print_id = new_uuid7()
    first = press(signed_in, record, id=print_id)
    assert press(signed_in, record, id=print_id) == first
    assert [one.record_id for one in printed(db, record)] == [print_id]


def test_what_the_form_says_was_handed_over_comes_out_of_the_same_press_once(
    signed_in: Browser, record: Application, db: Database
):
    assert "同时打印投保须知" in shown(signed_in, record)
    press(signed_in, record)
    assert "同时打印" not in shown(signed_in, record)
    press(signed_in, record, reason="lost")
    assert (len(printed(db, record)), len(printed(db, record, "key-terms"))) == (2, 1)


def test_an_id_of_another_paper_is_not_taken_for_it(signed_in: Browser, record: Application, db: Database):
    print_id = new_uuid7()
    press(signed_in, record, id=print_id)
    assert signed_in.submit(place(record, "receipt"), id=print_id).status_code == 409
    assert len(printed(db, record)) == 1


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_printing_again_asks_why(signed_in: Browser, record: Application, db: Database, language: str):
    press(signed_in, record)
    signed_in.set_cookie("lang", language)
    answer = signed_in.submit(place(record))
    assert answer.status_code == 422
    assert text(language, "这份已经打印过，请选择为什么再打印") in re.sub("<[^>]+>", "", answer.text)
    assert len(printed(db, record)) == 1


def test_other_reasons_are_told_in_words(signed_in: Browser, record: Application, db: Database):
    press(signed_in, record)
    assert signed_in.submit(place(record), reason="other").status_code == 422
    press(signed_in, record, reason="other", words="送错地方")
    *_, last = printed(db, record)
    assert (last.about.reason, last.about.words) == (PrintReason.OTHER, "送错地方")
    page = shown(signed_in, record)
    assert "其他原因" in page and "送错地方" in page


@pytest.mark.parametrize("reason", PrintReason)
def test_what_did_not_change_is_printed_byte_for_byte_as_it_was(
    signed_in: Browser, record: Application, db: Database, reason: PrintReason
):
    press(signed_in, record)
    first = alone(signed_in, record)
    page = shown(signed_in, record)
    assert "与第一次打印的完全相同" in page
    proof = imprint.proof(journal.revisions(db, str(record.record_id))[-1])
    assert qr.short(proof) in page
    assert press(signed_in, record, reason=reason, words="示例") == first
    *_, last = printed(db, record)
    assert (last.about.reason, last.about.reprint) == (reason, None)


def test_another_version_of_the_program_that_draws_the_same_changes_nothing(
    signed_in: Browser, record: Application, monkeypatch: pytest.MonkeyPatch
):
    press(signed_in, record)
    first = alone(signed_in, record)
    monkeypatch.setattr(printout, "VERSION", "9.9.9")
    assert "与第一次打印的完全相同" in shown(signed_in, record)
    assert press(signed_in, record, reason="lost") == first


@pytest.fixture
def drawn_anew(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let a newer program draw every paper with another title."""

    def draw() -> None:
        find = views_printed.find

        def newer(*given, **more):
            found = find(*given, **more)
            return found._replace(paper=replace(found.paper, title="保险产品"))

        monkeypatch.setattr(views_printed, "find", newer)
        monkeypatch.setattr(printout, "VERSION", "0.2.0")

    return draw


@pytest.fixture
def later_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a minute pass before each print."""
    minutes = count()
    monkeypatch.setattr(prints, "now", lambda: f"2026-11-20T16:{next(minutes):02}:00Z")


def test_a_paper_that_looks_otherwise_says_since_when_on_the_screen_and_on_itself(
    signed_in: Browser, record: Application, db: Database, drawn_anew: Callable[[], None]
):
    first = press(signed_in, record)
    drawn_anew()
    page = shown(signed_in, record)
    assert "版式（程序版本） 0.1.0 → 0.2.0" in page
    assert "与第一次打印的完全相同" not in page
    again = press(signed_in, record, reason="damaged")
    assert again != first
    for said in ("0.1.0→0.2.0", "首次打印", "原来的损坏了"):
        assert said in text_of(again)
    *_, last = printed(db, record)
    assert last.about.reprint
    assert [one.what for one in last.about.reprint.differences] == [Change.LAYOUT]
    assert last.about.reprint.first_at == printed(db, record)[0].made_at
    assert press(signed_in, record, reason="damaged") == again


def test_the_same_press_again_gives_the_same_bytes_after_a_change_too(
    signed_in: Browser, record: Application, db: Database, drawn_anew: Callable[[], None]
):
    press(signed_in, record)
    drawn_anew()
    print_id = new_uuid7()
    again = press(signed_in, record, reason="damaged", id=print_id)
    assert press(signed_in, record, reason="damaged", id=print_id) == again
    assert len(printed(db, record)) == 2


def test_a_new_revision_is_a_first_print_that_names_the_one_before(
    signed_in: Browser, record: Application, db: Database
):
    press(signed_in, record)
    corrected(db, record)
    assert "记录的版次 1 → 2" in shown(signed_in, record)
    press(signed_in, record)
    second = alone(signed_in, record)
    *_, last = printed(db, record)
    assert (last.about.revision, last.about.reason) == (2, None)
    assert last.about.reprint and last.about.reprint.differences[0].what is Change.REVISION
    assert "与第一次打印的完全相同" in shown(signed_in, record)
    assert press(signed_in, record, reason="extra") == second


def test_a_third_revision_says_when_the_paper_was_printed_first_at_all_and_what_changed_since(
    signed_in: Browser, record: Application, db: Database, later_each_time: None, drawn_anew: Callable[[], None]
):
    press(signed_in, record)
    for revision in (2, 3):
        corrected(db, record, revision)
        press(signed_in, record, order="bo" if revision == 2 else "zh_first")
    first, _, third = printed(db, record)
    drawn_anew()
    press(signed_in, record, reason="lost")
    again = printed(db, record)[-1]
    for kept, changes in ((third, [Change.REVISION]), (again, [Change.REVISION, Change.LAYOUT])):
        line = kept.about.reprint
        assert line and line.first_at == first.made_at
        assert [one.what for one in line.differences] == changes
        assert line.differences[0].shown == "1 → 3"


def test_a_setting_is_named_beside_a_revision_that_changed(
    signed_in: Browser, app: Flask, record: Application, db: Database
):
    press(signed_in, record, "receipt")
    corrected(db, record)
    press(signed_in, record, "receipt")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url="https://jl.example.cn")
    press(signed_in, record, "receipt", reason="lost")
    reprint = printed(db, record, "receipt")[-1].about.reprint
    assert reprint and [one.what for one in reprint.differences] == [Change.REVISION, Change.SETTINGS]


def test_an_address_for_phones_that_came_later_is_a_change_of_settings(
    signed_in: Browser, app: Flask, record: Application, db: Database
):
    press(signed_in, record, "receipt")
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], public_url="https://jl.example.cn")
    assert "本机的设置" in shown(signed_in, record, "receipt")
    press(signed_in, record, "receipt", reason="lost")
    assert printed(db, record, "receipt")[-1].about.reprint


def test_a_second_answer_of_the_insurer_is_named(signed_in: Browser, record: Application, db: Database):
    granted = accepted(record).cover
    assert granted
    decide(db, str(record.record_id), Outcome.ACCEPTED, cover=granted)
    press(signed_in, record, "certificate")
    decide(db, str(record.record_id), Outcome.ACCEPTED, cover=with_other(granted, policy_number="SAMPLE-2"))
    assert "保险公司的决定" in shown(signed_in, record, "certificate")
    press(signed_in, record, "certificate", reason="lost")
    reprint = printed(db, record, "certificate")[-1].about.reprint
    assert reprint and [one.what for one in reprint.differences] == [Change.ANSWER]


@pytest.mark.parametrize("order", ScriptOrder)
def test_every_copy_can_be_looked_at_and_printed(
    signed_in: Browser, record: Application, db: Database, order: ScriptOrder
):
    looked = pictures(shown(signed_in, record, order=order))
    pdf = press(signed_in, record, order=order)
    assert len(looked) == pages(alone(signed_in, record))
    assert all(picture.width == round(210 / 25.4 * preview.DPI) for picture in looked)
    said = text_of(pdf)
    assert ("投保申请表" in said) is (order is not ScriptOrder.BO)
    assert ("བོད" in said or "འགན" in said) is (order is not ScriptOrder.ZH)
    assert printed(db, record)[0].about.order is order


@pytest.mark.parametrize(("size", "width"), [("a4", 210), ("a5", 148), ("roll80", 80)])
def test_a_receipt_comes_on_three_sizes(signed_in: Browser, record: Application, db: Database, size: str, width: int):
    first, *_ = pictures(shown(signed_in, record, "receipt", size=size))
    assert abs(first.width - width / 25.4 * preview.DPI) < 2
    press(signed_in, record, "receipt", size=size)
    assert printed(db, record, "receipt")[0].about.size == size


def test_only_a_receipt_has_a_size(signed_in: Browser, record: Application, db: Database):
    press(signed_in, record, size="a5")
    assert printed(db, record)[0].about.size is PaperSize.A4


def test_nonsense_in_the_address_shows_the_usual_copy(signed_in: Browser, record: Application):
    assert len(pictures(shown(signed_in, record, order="x", size="y"))) == 2
    assert signed_in.get(place(record, "nonsense", "")).status_code == 404


def test_what_is_looked_at_is_kept_by_nobody(signed_in: Browser, record: Application, db: Database):
    answer = signed_in.get(place(record, rest=""))
    assert answer.headers["Cache-Control"] == "no-store"
    assert printed(db, record) == []


def test_the_list_says_what_was_printed_when_and_by_whom(
    signed_in: Browser, record: Application, db: Database, clerk: Staff
):
    url = f"/applications/{record.reference}/papers"
    before = signed_in.get(url).text
    assert before.count("还没有打印过") == 4
    assert "承保凭证" not in before
    press(signed_in, record)
    after = signed_in.get(url).text
    assert after.count("还没有打印过") == 2
    assert after.count("打印过1次") == 2 and clerk.name in after
    assert "等签字" in after


def test_the_right_paper_is_the_big_button(signed_in: Browser, record: Application, db: Database):
    def main() -> str:
        page = signed_in.get(f"/applications/{record.reference}/papers").text
        [found] = re.findall(r'action="([^"]+)"[^>]*>(?:(?!</form>).)*class="main" data-key="F4"', page)
        return str(found).split("/")[-2]

    assert main() == "application"
    decide(db, str(record.record_id), Outcome.DECLINED, reasons=(PRODUCT.decline_reasons[0].text,))
    assert main() == "decision"


def test_an_answer_to_an_earlier_revision_is_printed_again_with_a_reason_as_the_list_says(
    signed_in: Browser, record: Application, db: Database
):
    decide(db, str(record.record_id), Outcome.SUPPLEMENT, missing=("invoice",))
    press(signed_in, record, "decision")
    corrected(db, record)
    decide(db, str(record.record_id), Outcome.ACCEPTED, cover=accepted(record).cover)
    page = signed_in.get(f"/applications/{record.reference}/papers").text
    assert f'href="{place(record, "decision", "")}"' in page
    for rest in ("prints", "pile"):
        assert f'action="{place(record, "decision", rest)}"' not in page
        assert signed_in.submit(place(record, "decision", rest)).status_code == 422
    assert f'action="{place(record, "certificate")}"' in page


def test_a_paper_that_there_is_not_waits_on_no_pile(signed_in: Browser, record: Application, db: Database):
    for name in ("decision", "certificate", "data-sheet"):
        assert signed_in.submit(place(record, name, "pile")).status_code == 404
    assert pile.everything(db) == []


def test_a_reprint_leads_to_its_own_page_from_the_record(signed_in: Browser, record: Application):
    url = f"/applications/{record.reference}"
    assert f'action="{place(record)}"' in signed_in.get(url).text
    press(signed_in, record)
    page = signed_in.get(url).text
    assert f'action="{place(record)}"' not in page
    assert f'href="{place(record, rest="")}"' in page


@pytest.fixture(params=["paper.failed", "paper.too_slow"])
def broken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    def fail(*_: object) -> bytes:
        raise Unavailable(request.param)

    monkeypatch.setattr(Workshop, "render", fail)
    return "没有打印成" if request.param == "paper.failed" else "打印用的时间太长"


def test_a_print_that_fails_says_so_in_both_languages_and_may_be_tried_again(
    signed_in: Browser, record: Application, db: Database, broken: str
):
    print_id = new_uuid7()
    answer = signed_in.submit(place(record), id=print_id, order="bo")
    assert answer.status_code == 503
    assert broken in answer.text and "པར་འདེབས" in answer.text
    assert f'name="id" value="{print_id}"' in answer.text and 'name="order" value="bo"' in answer.text
    assert f'action="{place(record)}"' in answer.text and "再试一次" in answer.text
    assert printed(db, record) == []
    assert signed_in.get(f"/applications/{record.reference}").status_code == 200


def test_a_preview_that_fails_leaves_the_print_button(signed_in: Browser, record: Application, broken: str):
    page = shown(signed_in, record)
    assert broken in page and 'data-key="F4"' in page
    assert pictures(page) == []


def test_pages_that_cannot_be_drawn_leave_the_rest(
    signed_in: Browser, record: Application, monkeypatch: pytest.MonkeyPatch
):
    press(signed_in, record)
    monkeypatch.setattr("pictures.alone.SECONDS", 0.01)
    page = shown(signed_in, record)
    assert "预览没有做成" in page and "与第一次打印的完全相同" in page


def test_printing_it_takes_it_off_the_pile_but_no_other_copy(signed_in: Browser, record: Application, db: Database):
    for order in ("zh_first", "bo"):
        signed_in.submit(place(record, rest="pile"), order=order)
    press(signed_in, record)
    assert [one.wanted.order for one in pile.everything(db)] == [ScriptOrder.BO]


def test_a_page_knows_what_a_paper_is_called_in_both_languages():
    assert all(text("bo", name) != name for name in views_printed.NAMES.values())
