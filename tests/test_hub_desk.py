"""The underwriter's desk: what waits, the whole of it on one page, and the three answers."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from domain.words import Outcome
from hub.clock import today
from hub.installation import Installation
from hub.store import tables
from hub.store.engine import read
from tests.browser import Browser
from tests.insurer import UNDERWRITER, Counter, application, for_underwriter, lead
from tests.sample import PRODUCT, changed
from wire.entry import Entry


@pytest.fixture
def waiting(counter: Counter) -> Entry:
    """An application that waits for the underwriter."""
    entry = counter.write(for_underwriter(counter.stamp))
    counter.send()
    return entry


def url(entry: Entry) -> str:
    return f"/applications/{entry.producer}/{entry.record_id}"


def decide(desk: Browser, entry: Entry, revision: int = 1, **fields: Any):
    return desk.submit(f"{url(entry)}/decision", revision=revision, **fields)


def decisions(hub: Installation) -> int:
    with read(hub.engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.decision)) or 0


def test_it_says_first_how_many_wait(desk: Browser, waiting: Entry):
    assert "1 份申请等您核保" in desk.get("/").text


def test_it_lists_the_oldest_first(desk: Browser, counter: Counter):
    entries = [counter.write(for_underwriter(counter.stamp)) for _ in range(3)]
    counter.send()
    links = re.findall(r'href="(/applications/JL/[^"]+)"', desk.get("/").text)
    assert links == [url(entry) for entry in entries]


def test_it_turns_long_lists_into_pages(desk: Browser, counter: Counter):
    for _ in range(51):
        counter.write(for_underwriter(counter.stamp))
    counter.send()
    assert desk.get("/").text.count("/applications/JL/") == 50
    assert desk.get("/applications/waiting?page=2").text.count("/applications/JL/") == 1
    assert desk.get("/applications/waiting?page=9").text.count("/applications/JL/") == 1


@pytest.mark.parametrize("state", ["waiting", "asked", "quarantined", "decided"])
def test_it_has_a_list_for_every_state(desk: Browser, counter: Counter, state: str):
    counter.write(application(counter.stamp))
    counter.append("01936b2e-7c00-7000-8000-000000000001", b"{}")
    counter.send()
    page = desk.get(f"/applications/{state}")
    assert page.status_code == 200
    assert page.text.count("/applications/JL/") == (state in ("quarantined", "decided"))


def test_it_knows_no_other_state(desk: Browser):
    assert desk.get("/applications/lost").status_code == 404


def test_the_record_page_shows_everything_in_full(desk: Browser, counter: Counter, waiting: Entry):
    record = for_underwriter(counter.stamp)
    page = desk.get(url(waiting)).text
    for shown in (record.policyholder.id_number, record.policyholder.mobile, record.buyers[0].name):
        assert shown in page
    assert "与报价一致" in page


def test_it_accepts_with_a_policy_number(desk: Browser, counter: Counter, waiting: Entry):
    assert decide(desk, waiting, outcome="accepted", note="示例说明").status_code == 303
    counter.send()
    [decision] = counter.decisions
    assert (decision.outcome, decision.decided_by, decision.note) == (Outcome.ACCEPTED, UNDERWRITER, "示例说明")
    assert decision.cover
    assert decision.cover.starts_on == today()
    assert decision.cover.policy_number in desk.get("/applications/decided").text


def test_it_declines_with_reasons_in_both_languages(desk: Browser, counter: Counter, waiting: Entry):
    reason = PRODUCT.decline_reasons[1]
    decide(desk, waiting, outcome="declined", reasons=[reason.code])
    counter.send()
    [decision] = counter.decisions
    assert (decision.outcome, decision.reasons) == (Outcome.DECLINED, (reason.text,))


def test_it_asks_once_for_what_is_missing(desk: Browser, counter: Counter, waiting: Entry):
    paper = PRODUCT.documents[0].id
    decide(desk, waiting, outcome="supplement", missing=[paper])
    counter.send()
    [decision] = counter.decisions
    assert (decision.outcome, decision.missing) == (Outcome.SUPPLEMENT, (paper,))
    assert desk.get("/applications/asked").text.count(url(waiting)) == 1


def test_it_does_not_ask_a_second_time(desk: Browser, counter: Counter):
    record = for_underwriter(counter.stamp)
    entry = counter.write(record)
    counter.send()
    decide(desk, entry, outcome="supplement", missing=[PRODUCT.documents[0].id])
    counter.write(changed(record, clerk="示例"), revision=2)
    counter.send()
    assert 'value="supplement"' not in desk.get(url(entry)).text
    again = decide(desk, entry, revision=2, outcome="supplement", missing=[PRODUCT.documents[0].id])
    assert again.status_code == 422
    assert decide(desk, entry, revision=2, outcome="accepted").status_code == 303


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"outcome": "perhaps"},
        {"outcome": "quarantined"},
        {"outcome": "declined"},
        {"outcome": "declined", "reasons": ["because"]},
        {"outcome": "supplement"},
        {"outcome": "supplement", "missing": ["everything"]},
        {"outcome": "accepted", "note": "字" * 501},
        {"outcome": "accepted", "note": "请先还清𠮷拖欠"},
    ],
)
def test_it_refuses_half_a_decision_and_keeps_what_was_typed(
    desk: Browser, hub: Installation, waiting: Entry, fields: dict[str, Any]
):
    answer = decide(desk, waiting, **({"note": "留下的字"} | fields))
    assert answer.status_code == 422
    assert str(fields.get("note", "留下的字")) in answer.text
    assert decisions(hub) == 0


def test_it_decides_only_once(desk: Browser, hub: Installation, waiting: Entry):
    decide(desk, waiting, outcome="accepted")
    assert decide(desk, waiting, outcome="declined", reasons=["duplicate"]).status_code == 409
    assert decisions(hub) == 1


@pytest.mark.parametrize("revision", ["2", "", "x", "-1"])
def test_it_decides_only_on_what_was_on_the_page(desk: Browser, hub: Installation, waiting: Entry, revision: str):
    assert decide(desk, waiting, revision=revision, outcome="accepted").status_code == 409  # type: ignore[arg-type]
    assert decisions(hub) == 0


def test_it_offers_no_decision_where_none_is_due(desk: Browser, counter: Counter):
    entry = counter.write(application(counter.stamp))
    counter.send()
    assert "decision" not in re.findall(r'action="([^"]+)"', desk.get(url(entry)).text)


def test_a_record_that_cannot_be_read_has_a_page_but_no_decision(desk: Browser, counter: Counter):
    entry = counter.append("01936b2e-7c00-7000-8000-000000000001", b"[]")
    counter.send()
    assert desk.get(url(entry)).status_code == 200
    assert decide(desk, entry, outcome="accepted").status_code == 404


def test_it_knows_no_application_of_another_point(desk: Browser, waiting: Entry):
    assert desk.get(f"/applications/ZM/{waiting.record_id}").status_code == 404


CANARIES = ("<script>alert(1)</script>", "\"'><img src=x>", "'; DROP TABLE entry; --", "{{ 7 * 7 }}", "བཀྲ་ཤིས་")


@pytest.mark.parametrize("canary", CANARIES)
def test_what_people_typed_comes_out_inert(desk: Browser, counter: Counter, canary: str):
    record = changed(for_underwriter(counter.stamp), policyholder__name=canary, policyholder__address=canary)
    entry = counter.write(record)
    counter.send()
    page = desk.get(url(entry)).text + desk.get("/").text + desk.get("/applications/quarantined").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "49" not in re.findall(r"<dd>(.*?)</dd>", page)


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_every_page_speaks_both_languages(desk: Browser, waiting: Entry, language: str):
    desk.set_cookie("lang", language)
    for page in ("/", url(waiting), "/applications/asked"):
        answer = desk.get(page)
        assert answer.status_code == 200
        assert f'<html lang="{"bo" if language == "bo" else "zh-CN"}">' in answer.text


@pytest.mark.parametrize(
    "change",
    [
        {"policyholder__county": "110101"},
        {"applied_on": None},
        {"point": None},
        {"quote__limits_fen": ()},
        {"quote": None},
        {"buyers__0__trade__invoice_date": None},
        {"cover__tier": "nobody-knows"},
        {"buyers__0__credit_grade__grade": "nobody-knows"},
    ],
)
def test_a_wrong_record_still_has_its_page(desk: Browser, counter: Counter, change: dict[str, Any]):
    entry = counter.write(changed(for_underwriter(counter.stamp), **change))
    counter.send()
    assert desk.get(url(entry)).status_code == 200


def test_it_shows_whom_the_points_referred_elsewhere(desk: Browser, counter: Counter):
    sent = lead(counter.stamp)
    counter.write(sent)
    counter.send()
    page = desk.get("/leads")
    assert page.status_code == 200 and "1 位申请人" in page.text
    assert sent.point.name in page.text and sent.refer_to in page.text
