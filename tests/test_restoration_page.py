"""Restoring at the counter: a manager scans or uploads papers; one code of a paper leads to its record."""

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image
from sqlite_utils import Database
from werkzeug.test import TestResponse

import imprint
from imprint import digits
from imprint.content import content_of
from printing import qr
from store import journal
from store.connection import write
from tests.browser import Browser
from tests.enrolment import enrol
from tests.imprints import STAMP, entry, file, page, scanned, taken
from tests.slips import code
from wire.entry import Entry
from wire.status_code import status_code

RECORDS = taken(3)
ENTRIES = [entry(record) for record in RECORDS]
CODES = [imprint.written(one) for one in ENTRIES]


@pytest.fixture
def desk(as_manager: Browser, db: Database) -> Browser:
    """A manager at an empty point that was enrolled again and has no product yet."""
    enrol(db, product=None)
    return as_manager


def scan(browser: Browser, typed: str, **more: Any) -> TestResponse:
    return browser.submit("/restorations", code=typed, **more)


def uploaded(browser: Browser, *files: bytes, read: Sequence[str] = ()) -> TestResponse:
    return browser.submit("/restorations", photos=[(io.BytesIO(data), "x.png") for data in files], read=list(read))


def waiting(answer: TestResponse) -> list[str]:
    """Return the parts that the page brings along."""
    return re.findall('name="read" value="([0-9]+)"', answer.text)


def is_here(db: Database, *entries: Entry) -> bool:
    return all((found := journal.find(db, one.record_id)) and found.body == one.body for one in entries)


def test_a_gun_scans_code_after_code_and_the_page_says_what_is_missing(desk: Browser, db: Database) -> None:
    first = scan(desk, CODES[0][2])
    assert first.status_code == 200 and "共印了4张，已读到第3张，再读任意1张" in first.text
    assert waiting(first) == [CODES[0][2]] and not is_here(db, ENTRIES[0])
    whole = scan(desk, CODES[0][0], read=waiting(first))
    assert f"已恢复：申请{RECORDS[0].reference}，第1版" in whole.text and waiting(whole) == []
    assert is_here(db, ENTRIES[0])


def test_codes_of_several_papers_wait_side_by_side(desk: Browser, db: Database) -> None:
    answer = scan(desk, CODES[0][0])
    answer = scan(desk, CODES[1][-1], read=waiting(answer))
    assert len(waiting(answer)) == 2
    answer = scan(desk, " ".join(CODES[1][:-1]), read=waiting(answer))
    assert is_here(db, ENTRIES[1]) and waiting(answer) == [CODES[0][0]]


def test_scans_are_uploaded_several_at_once(desk: Browser, db: Database) -> None:
    pdf = file(scanned(ENTRIES[:2], 200), "PDF")
    answer = uploaded(desk, pdf, file(page(CODES[2], 200)))
    assert answer.status_code == 200 and answer.text.count("已恢复：申请") == 3
    assert is_here(db, *ENTRIES)


def test_what_is_wrong_with_one_file_stands_at_the_field_and_the_others_are_read(desk: Browser, db: Database) -> None:
    blank = file(Image.new("L", (300, 200), "white"))
    answer = uploaded(desk, b"no picture", file(page(CODES[0], 200)), blank)
    assert answer.status_code == 422 and is_here(db, ENTRIES[0])
    assert "第1张：这个文件不是能读的照片" in answer.text and "第3张：没有找到打印件上的数据码" in answer.text


def brought(answer: TestResponse, name: str) -> list[str]:
    return re.findall(f'name="{name}" value="([0-9]+)"', answer.text)


def test_a_further_code_of_a_paper_that_is_restored_is_said_to_be_one(desk: Browser, db: Database) -> None:
    whole = scan(desk, f"{CODES[0][0]} {CODES[0][3]}")
    further = scan(desk, CODES[0][2], done=brought(whole, "done"), restored=brought(whole, "restored"))
    assert f"这一份已经恢复好了，不用再读：申请{RECORDS[0].reference}" in further.text and further.status_code == 200
    assert "再读任意" not in further.text and waiting(further) == []
    assert f'href="/applications/{RECORDS[0].reference}"' in further.text
    other = scan(desk, CODES[1][0], done=brought(further, "done"), restored=brought(further, "restored"))
    assert "再读任意" in other.text and brought(other, "restored") == brought(whole, "restored")


def test_a_further_code_of_a_paper_that_was_refused_waits_for_others(desk: Browser) -> None:
    foreign = imprint.written(entry(replace(RECORDS[0], point=replace(STAMP, code="NLZX"))))
    refused = scan(desk, " ".join(foreign[:2]))
    assert "这是服务点NLZX的打印件" in refused.text and brought(refused, "restored") == []
    further = scan(desk, foreign[2], done=brought(refused, "done"), restored=brought(refused, "done"))
    assert "已经恢复好了" not in further.text and waiting(further) == [foreign[2]]


def test_a_page_that_has_only_the_reference_is_told_where_the_codes_are(desk: Browser) -> None:
    answer = uploaded(desk, file(page([qr.content(str(RECORDS[0].reference), bytes(32))], 200)))
    assert answer.status_code == 422
    assert f"{RECORDS[0].reference}：这张纸上没有数据码，数据码在最后一页" in answer.text


def test_what_is_here_already_is_said_and_led_to(desk: Browser) -> None:
    scan(desk, " ".join(CODES[0]))
    again = scan(desk, " ".join(CODES[0]))
    assert "本机已有，内容相同" in again.text and f'href="/applications/{RECORDS[0].reference}"' in again.text


@pytest.mark.parametrize(("typed", "said"), [
    ("", "不是打印件上的数据码"), ("6901234567892", "不是打印件上的数据码"), (CODES[0][0][:-3], "没有读完整"),
    (digits.FRAMES.mark + "2" + CODES[0][0][6:], "新版程序"), (digits.FRAMES.mark + "0" + CODES[0][0][6:], "这么早"),
    (code(), "申请人手机上的二维码"),
])  # fmt: skip
def test_anything_else_is_refused_with_its_reason_and_loses_nothing(desk: Browser, typed: str, said: str) -> None:
    answer = scan(desk, typed, read=[CODES[0][0]])
    assert answer.status_code == 422 and said in answer.text and waiting(answer) == [CODES[0][0]]


def test_a_code_read_twice_is_said(desk: Browser) -> None:
    answer = scan(desk, CODES[0][0], read=[CODES[0][0]])
    assert answer.status_code == 422 and "已经读过了" in answer.text and waiting(answer) == [CODES[0][0]]


def test_it_is_said_in_tibetan_too(desk: Browser) -> None:
    desk.set_cookie("lang", "bo")
    assert "སླར་གསོ་བྱས་ཟིན" in scan(desk, " ".join(CODES[0])).text
    assert "གཞི་གྲངས་ཨང་རྟགས་མིན" in scan(desk, "6901234567892").text


def test_only_managers_restore(signed_in: Browser, client: Browser, db: Database) -> None:
    enrol(db)
    for url in ("/restorations", "/restorations/frames"):
        assert signed_in.submit(url, code=CODES[0][0]).status_code == 403
    assert signed_in.get("/restorations").status_code == 403
    assert client.get("/restorations").status_code == 303


def test_before_enrolment_it_says_what_to_do_first(as_manager: Browser) -> None:
    assert "还没有在保险公司平台登记" in scan(as_manager, " ".join(CODES[0])).text


def test_until_its_product_comes_a_restored_record_is_shown_and_not_printed(desk: Browser) -> None:
    scan(desk, " ".join(CODES[0]))
    address = f"/applications/{RECORDS[0].reference}"
    shown = desk.get(address)
    assert shown.status_code == 200 and "本服务点还没有产品，请先与保险公司平台同步" in shown.text
    assert "从打印件恢复" in shown.text and RECORDS[0].policyholder.name in shown.text
    paper = desk.submit(f"{address}/papers/application/prints")
    assert paper.status_code == 404 and "本服务点还没有产品" in paper.text


def test_it_prints_as_ever_with_the_code_its_applicant_has(as_manager: Browser, db: Database) -> None:
    enrol(db)
    scan(as_manager, " ".join(CODES[0]))
    paper = as_manager.submit(f"/applications/{RECORDS[0].reference}/papers/receipt/prints")
    assert paper.status_code == 200 and paper.data.startswith(b"%PDF")
    found = journal.find(db, ENTRIES[0].record_id, 1)
    assert found and status_code(found) == status_code(ENTRIES[0])


def test_a_later_revision_alone_is_shown_and_printed_too(as_manager: Browser, db: Database) -> None:
    enrol(db)
    scan(as_manager, " ".join(imprint.written(entry(RECORDS[0], 2))))
    address = f"/applications/{RECORDS[0].reference}"
    assert "第 2 版" in as_manager.get(address).text
    assert as_manager.submit(f"{address}/papers/application/prints", reason="lost").status_code == 200


# The scan box.


@pytest.mark.parametrize("at", range(4))
def test_any_one_code_of_a_paper_opens_its_record(signed_in: Browser, db: Database, at: int) -> None:
    enrol(db)
    with write(db):
        journal.append(db, content_of(ENTRIES[0]).revision)
    opened = f"/applications/{RECORDS[0].reference}"
    assert signed_in.submit("/searches", q=CODES[0][at]).location == opened
    assert signed_in.submit("/scans", code=CODES[0][at]).location == opened
    photo = (io.BytesIO(file(page(CODES[0], 200))), "x.png")
    assert signed_in.submit("/scans", photo=photo).location == opened


def test_of_a_record_that_is_not_here_it_says_what_it_is_and_who_restores_it(signed_in: Browser, db: Database) -> None:
    enrol(db)
    for url, name in (("/scans", "code"), ("/searches", "q")):
        answer = signed_in.submit(url, **{name: CODES[0][0]})
        assert answer.status_code == 422
        assert f"这是打印件上的数据码（{str(RECORDS[0].reference)[6:15]}），本机没有这份申请" in answer.text


def test_a_damaged_code_of_a_paper_is_called_one(signed_in: Browser, db: Database) -> None:
    enrol(db)
    assert "这张数据码没有读完整" in signed_in.submit("/searches", q=CODES[0][0][:-3]).text


def test_the_camera_is_told_which_paper_and_how_many_codes_it_needs(desk: Browser) -> None:
    token = {"X-CSRFToken": desk.csrf_token()}
    for url, parts in (("/restorations/frames", 2), ("/scans/frames", 1)):
        answer = desk.post(url, data=file(page(CODES[0][1:2], 200)), content_type="image/png", headers=token)
        (part,) = digits.parts(CODES[0][1])
        assert answer.json == {"codes": [{"text": CODES[0][1], "of": part.tag, "part": 2, "parts": parts}]}


TYPED = st.text("0123456789 ", max_size=80) | st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CHANGED = st.builds(
    lambda at, put: CODES[0][0][:at] + put + CODES[0][0][at + 1 :], st.integers(0, 600), st.sampled_from("0189x ")
)


@settings(max_examples=200)
@given(typed=TYPED | TYPED.map(lambda text: f"{digits.FRAMES.mark}1{text}") | CHANGED, url=st.sampled_from(
    [("/restorations", "code"), ("/scans", "code"), ("/searches", "q")]
))  # fmt: skip
def test_nothing_that_is_typed_breaks_it(desk: Browser, typed: str, url: tuple[str, str]) -> None:
    token = desk.csrf_token()
    answer = desk.post(
        url[0], data={"csrf_token": token, url[1]: typed, "read": typed[::-1], "done": typed, "restored": typed}
    )
    assert answer.status_code < 500, typed
