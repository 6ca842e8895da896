"""Papers from before a loss count after it: same digest, same bytes, and a signature knows its revision."""

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

import imprint
from domain.signing import Signature, Signing
from printing import application, qr
from printing.paper import Mark
from printing.render import render
from settings import Settings
from store import signatures
from tests.browser import Browser
from tests.enrolment import enrol
from tests.imprints import entry, taken
from tests.pair import Pair, new_pair
from tests.papers import PLATES
from tests.sample import PRODUCT
from tests.test_restoration import burnt, put_back
from tests.test_signed_form import attach, photographed
from views import printed
from wire.entry import Entry

[RECORD] = taken(1, seed=5)
FIRST, SECOND = entry(RECORD), entry(RECORD, 2)
PAPERS = f"/applications/{RECORD.reference}/papers/application"


def form(revision: Entry) -> bytes:
    """Return the form of *revision* as the lost machine had printed it."""
    mark = Mark(revision.revision, imprint.proof(revision))
    return render(application.paper(RECORD, PRODUCT, mark, revision.body, imprint.written(revision)), plates=PLATES)


@pytest.fixture
def desk(as_manager: Browser, db: Database) -> Browser:
    """A manager at a point that was enrolled again."""
    enrol(db)
    return as_manager


def restore(desk: Browser, *entries: Entry) -> None:
    for one in entries:
        desk.submit("/restorations", code=" ".join(imprint.written(one)))


def state(db: Database, revision: int) -> Signature:
    return signatures.of(db, str(RECORD.record_id), revision)


def test_the_same_form_comes_out_byte_for_byte(tmp_path: Path, settings: Settings) -> None:
    pair = new_pair(tmp_path / "old")
    pair.exchange()
    sent = pair.submit(2)
    new = burnt(pair, tmp_path / "new")
    new.exchange()
    put_back(new, *sent)
    for one in sent:
        before, after = (_form(some, one, settings) for some in (pair, new))
        assert before == after


def _form(pair: Pair, one: Entry, settings: Settings) -> bytes:
    return render(printed.find(pair.db, one.record_id, "application", settings).paper, plates=PLATES)


def test_the_digest_on_the_screens_is_the_one_on_the_old_paper(desk: Browser) -> None:
    restore(desk, FIRST)
    short = qr.short(imprint.proof(FIRST))
    assert short in desk.get(PAPERS).text
    assert short in desk.get(f"/applications/{RECORD.reference}").text


def test_it_asks_why_it_is_printed_again_and_does_so_once_only(desk: Browser, db: Database) -> None:
    restore(desk, FIRST)
    assert "以前打印过，这份记录是从纸上恢复的" in desk.get(PAPERS).text
    assert desk.submit(f"{PAPERS}/prints").status_code == 422
    assert desk.submit(f"{PAPERS}/prints", reason="lost").data.startswith(b"%PDF")
    assert state(db, 1) == Signature(Signing.WAITING)


@pytest.mark.parametrize(("old", "expected"), [(FIRST, Signing.OUTDATED), (SECOND, Signing.SIGNED)])
def test_a_signature_on_an_old_paper_counts_for_its_own_revision(
    desk: Browser, db: Database, old: Entry, expected: Signing
) -> None:
    restore(desk, FIRST, SECOND)
    assert _attached(desk, old).status_code == 303
    assert state(db, 2) == Signature(expected, old.revision)


def test_one_on_a_revision_that_is_not_here_is_refused(desk: Browser, db: Database) -> None:
    restore(desk, SECOND)
    answer = _attached(desk, FIRST)
    assert answer.status_code == 422
    assert "看不出这张表是第几版" in answer.text
    assert db["picture"].count == 0


def _attached(desk: Browser, signed: Entry) -> Any:
    return attach(desk, RECORD, photographed(form(signed)))
