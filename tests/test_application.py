"""Applications at the counter: list, search, one with its history, what comes after the insurer's answer."""

import json
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlite_utils import Database

from demo.applications import applications as generated
from domain.application import Application
from domain.complete import complete
from domain.decision import CoverGranted
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from domain.words import Outcome
from store import applications, decisions, drafts, history, journal, ledger, submissions
from store.clock import today
from store.staff import Staff
from tests.browser import Browser
from tests.enrolment import POINT, PRODUCT, decide, enrol

SAMPLES = list(generated(PRODUCT, today(), 12, seed=3))


def submit(db: Database, sample: Application) -> Application:
    record_id = new_uuid7()
    reference = reference_for(record_id, POINT.code, today().year)
    record = complete(sample, PRODUCT, POINT, record_id, reference, "示例经办", today())
    submissions.submit(db, record, "test")
    return record


@pytest.fixture
def record(db: Database, signed_in: Browser) -> Application:
    """One application, submitted."""
    enrol(db)
    sample = SAMPLES[0]
    named = replace(sample.policyholder, name="扎西顿珠", name_bo="བཀྲ་ཤིས་དོན་གྲུབ", mobile="13900001234")
    buyers = (replace(sample.buyers[0], name="拉萨高原示例贸易有限公司"), *sample.buyers[1:])
    return submit(db, replace(sample, policyholder=named, buyers=buyers))


@pytest.mark.parametrize(
    "query",
    ["扎西顿珠", "扎西", "顿", "zxdz", "zx", "བཀྲ་ཤིས", "13900001234", "1234", "高原示例", "拉萨 扎西", "lsgy"],
)
def test_it_is_found_by_any_fragment_while_it_waits_unsent(
    signed_in: Browser, record: Application, db: Database, query: str
) -> None:
    for sample in SAMPLES[1:]:
        submit(db, sample)
    assert str(record.reference) in [line.reference for line in applications.search(db, query)]
    page = signed_in.submit("/searches", q=query)
    assert f"/applications/{record.reference}" in page.text


def test_it_is_found_by_invoice_number(signed_in: Browser, record: Application, db: Database) -> None:
    trade = replace(record.buyers[0].trade, invoice_number="XZ-0099/A", invoice_date=today())
    other = submit(db, replace(SAMPLES[1], buyers=(replace(SAMPLES[1].buyers[0], trade=trade),)))
    for query in ("XZ-0099/A", "xz0099", "0099"):
        assert [line.reference for line in applications.search(db, query)] == [other.reference]


@pytest.mark.parametrize("spelling", ["{}", " {} ", "lower", "no hyphens"])
def test_a_reference_leads_straight_to_its_page(signed_in: Browser, record: Application, spelling: str) -> None:
    reference = str(record.reference)
    typed = {"lower": reference.lower(), "no hyphens": reference.replace("-", "")}.get(
        spelling, spelling.format(reference)
    )
    assert signed_in.submit("/searches", q=typed).headers["Location"] == f"/applications/{reference}"


@pytest.mark.parametrize("query", ["", '"', "'; DROP TABLE journal --", "*", "AND OR NOT", "😀", "a" * 5000, "\x00"])
def test_any_query_is_only_a_query(signed_in: Browser, record: Application, query: str) -> None:
    assert signed_in.submit("/searches", q=query).status_code == 200


def test_lists_show_no_numbers_and_the_page_masks_them_until_somebody_asks(
    signed_in: Browser, record: Application, db: Database
) -> None:
    holder = record.policyholder
    url = f"/applications/{record.reference}"
    for page in ("/", "/applications", url):
        text = signed_in.get(page).text
        assert holder.id_number not in text and holder.mobile not in text
    assert holder.id_number in signed_in.submit(f"{url}/reveals").text
    assert [event.what for event in history.of(db, str(record.record_id))] == ["submitted", "revealed"]


def test_pages_go_back_through_everything(signed_in: Browser, record: Application, db: Database) -> None:
    lines = [submit(db, sample) for sample in SAMPLES * 2]
    first = signed_in.get("/applications").text
    assert str(lines[-1].reference) in first and str(record.reference) not in first
    older = applications.page(db)[-1].id
    assert str(record.reference) in signed_in.get(f"/applications?before={older}").text


def test_an_acceptance_shows_the_policy_and_prints_a_certificate(
    signed_in: Browser, record: Application, db: Database
) -> None:
    assert record.quote is not None
    cover = CoverGranted(
        policy_number="SL2026TEST", starts_on=today(), ends_on=today() + timedelta(days=364),
        insured_fen=record.quote.insured_fen, premium_fen=record.quote.premium_fen,
        subsidy_fen=record.quote.subsidy_fen, payable_fen=record.quote.payable_fen, limits_fen=record.quote.limits_fen,
    )  # fmt: skip
    decide(db, str(record.record_id), Outcome.ACCEPTED, cover=cover)
    assert "扎西顿珠" in signed_in.get("/").text and decisions.unseen(db)
    page = signed_in.get(f"/applications/{record.reference}").text
    assert "SL2026TEST" in page and decisions.unseen(db) == []
    printed = signed_in.submit(f"/applications/{record.reference}/papers/certificate/prints")
    assert printed.mimetype == "application/pdf" and printed.data.startswith(b"%PDF")
    assert record.policyholder.name not in printed.headers["Content-Disposition"]
    assert "printed" in [event.what for event in history.of(db, str(record.record_id))]


def test_a_certificate_is_not_printed_before_there_is_cover(signed_in: Browser, record: Application) -> None:
    assert signed_in.get(f"/applications/{record.reference}/papers/certificate.pdf").status_code == 404
    assert signed_in.get(f"/applications/{record.reference}/papers/anything.pdf").status_code == 404


def test_a_decline_gives_its_reasons_in_the_language_of_the_page(
    signed_in: Browser, record: Application, db: Database
) -> None:
    reason = PRODUCT.decline_reasons[0].text
    decide(db, str(record.record_id), Outcome.DECLINED, reasons=(reason,))
    for language, text in (("zh", reason.zh), ("bo", reason.bo)):
        signed_in.set_cookie("lang", language)
        assert text in signed_in.get(f"/applications/{record.reference}").text.replace('<span lang="zh-CN">', "")
    assert signed_in.get(f"/applications/{record.reference}/papers/decision.pdf").status_code == 200


def test_a_quarantined_copy_takes_back_no_answer(signed_in: Browser, record: Application, db: Database) -> None:
    decide(db, str(record.record_id), Outcome.DECLINED, reasons=(PRODUCT.decline_reasons[0].text,))
    decide(db, str(record.record_id), Outcome.QUARANTINED)
    assert applications.summary(db, str(record.reference)).outcome == Outcome.DECLINED


def test_grade_and_papers_are_named_on_the_page(signed_in: Browser, record: Application) -> None:
    page = signed_in.get(f"/applications/{record.reference}").text
    grade = PRODUCT.grade(record.buyers[0].credit_grade.grade)
    papers = [paper.name.zh for paper in PRODUCT.documents if paper.id in record.documents]
    assert grade and grade.name.zh in page and papers and all(name in page for name in papers)


def test_a_supplement_is_answered_by_the_next_revision(
    signed_in: Browser, record: Application, db: Database, clerk: Staff
) -> None:
    record_id, url = str(record.record_id), f"/applications/{record.reference}"
    decide(db, record_id, Outcome.SUPPLEMENT, missing=("invoice",))
    assert "发票" in signed_in.get(url).text
    signed_in.submit(f"{url}/drafts")
    answers = drafts.get(db, record_id, clerk.id).answers["declarations"]
    given = {
        "read_in": "zh",
        "truthful": "y",
        "terms_received": "y",
        "exclusions_explained": "y",
        "consent_insurer": "y",
    }
    signed_in.submit(f"/drafts/{record_id}/declarations", **given, documents=[*answers["documents"], "invoice"])
    assert signed_in.submit(f"/drafts/{record_id}/submission").headers["Location"] == url
    assert "invoice" in applications.read(db, record_id).documents
    assert applications.summary(db, str(record.reference)).outcome is None
    assert [entry.revision for entry in journal.revisions(db, record_id)] == [1, 2]
    assert ledger.count(db).total == 1 and journal.verify(db) == []


def test_the_same_trader_again_starts_with_what_is_known_but_nothing_declared(
    signed_in: Browser, record: Application, db: Database, clerk: Staff
) -> None:
    signed_in.submit(f"/applications/{record.reference}/drafts")
    (draft,) = drafts.mine(db, clerk.id)
    assert draft.id != record.record_id and draft.answers["policyholder"]["name"] == ["扎西顿珠"]
    assert draft.answers["buyers"][0]["name"] == ["拉萨高原示例贸易有限公司"]
    typed = json.dumps(draft.answers)
    assert (
        "declarations" not in draft.answers
        and "invoice_number" not in typed
        and "amount_fen" not in typed.split("arrears")[0]
    )


def test_nobody_elses_reference_is_found(signed_in: Browser, record: Application) -> None:
    assert signed_in.get("/applications/JL-26-0000-0000-0").status_code == 404
