"""From the store to paper: find the revision, its product and the insurer's answer, and make the paper of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlite_utils import Database

import imprint
from domain.application import Application
from domain.dates import CHINA
from domain.decision import Decision
from domain.errors import NotFound
from domain.product import Product
from domain.words import N_, Change, Outcome, PaperSize
from printing import certificate, consents, decision, key_terms, qr, receipt
from printing.paper import Mark, Paper
from settings import Settings
from store import applications, decisions, journal, products
from views import addresses, imprinted
from wire.entry import Entry
from wire.status_code import grouped, status_code

NAMES = {
    "application": N_("投保申请表"),
    "data-sheet": N_("数据附页"),
    "key-terms": N_("投保须知"),
    "receipt": N_("回执"),
    "consents": N_("同意书"),
    "certificate": N_("承保凭证"),
    "decision": N_("保险公司的答复"),
}
PAPERS = tuple(NAMES)
CARRYING = {"application": imprinted.form, imprinted.SHEET: imprinted.sheet}
TAKEN = {"key-terms": key_terms.paper, "consents": consents.paper}
ANSWERS = {"certificate": certificate.paper, "decision": decision.paper}
SIZED = "receipt"
# The form says that the clauses which free the insurer were handed over: so they are, by the same press. The codes that
# it has no room for are a part of it.
WITH = {"application": (imprinted.SHEET, "key-terms")}
ANSWERED = {"certificate": (Outcome.ACCEPTED,), "decision": (Outcome.DECLINED, Outcome.SUPPLEMENT)}


class Found(NamedTuple):
    """A paper about an application as it stands now, and what a print of it is known by."""

    paper: Paper
    entry: Entry
    product: Product
    answer: Decision | None

    @property
    def since(self) -> dict[Change, date]:
        """Since when each of the facts holds, for those that have a day."""
        days = {
            Change.REVISION: datetime.fromisoformat(self.entry.made_at).astimezone(CHINA).date(),
            Change.PRODUCT: self.product.valid_from,
        }
        return days | ({Change.ANSWER: self.answer.decided_on} if self.answer else {})


def find(
    db: Database,
    record_id: str,
    name: str,
    settings: Settings,
    size: PaperSize = PaperSize.A4,
    revision: int | None = None,
) -> Found:
    """Return paper *name* about an application; raise NotFound where there is no such paper (yet)."""
    if name not in NAMES:
        raise NotFound("paper_unknown")
    answer = _answer(decisions.of(db, record_id), name)
    if name in ANSWERS and answer is None:
        raise NotFound("paper_not_yet")
    if answer is not None:
        revision = answer.application_revision
    record = applications.read(db, record_id, revision)
    product = products.find(db, record.cover.product, record.cover.version)
    if product is None:
        raise NotFound("product_missing")
    entry = journal.find(db, record_id, revision)
    if entry is None:
        raise NotFound("application.not_found")
    mark = _mark(db, record_id, entry, record, settings.public_url)
    if name in CARRYING:
        paper = CARRYING[name](record, product, mark, entry)
    else:
        paper = _paper(name, record, product, mark, answer, size)
    return Found(paper, entry, product, answer)


def revisions(db: Database, record_id: str) -> dict[str, int]:
    """Return the papers that there are about an application now, each with the revision that it shows."""
    newest, made = journal.find(db, record_id), decisions.of(db, record_id)
    shown = {name: _revision(name, newest, made) for name in NAMES}
    return {name: revision for name, revision in shown.items() if revision is not None}


def short_proof(db: Database, record_id: str) -> str:
    """Return what proves the newest revision of a record, as papers say it for people to compare."""
    newest = journal.find(db, record_id)
    return qr.short(imprint.proof(newest)) if newest and newest.body else ""


def right(outcome: str | None) -> str:
    """Return the paper that is wanted now: what the insurer answered, before that the form."""
    answers = {Outcome.ACCEPTED: "certificate", Outcome.DECLINED: "decision", Outcome.SUPPLEMENT: "decision"}
    return answers.get(Outcome(outcome), "application") if outcome else "application"


def _paper(
    name: str, record: Application, product: Product, mark: Mark, answer: Decision | None, size: PaperSize
) -> Paper:
    if answer is not None:
        return ANSWERS[name](record, product, mark, answer)
    return receipt.paper(record, product, mark, size) if name == SIZED else TAKEN[name](record, product, mark)


def _revision(name: str, newest: Entry | None, made: Sequence[Decision]) -> int | None:
    """Return the revision that a paper shows: an answer that of its own, all else the newest; None without a paper."""
    if name in ANSWERS:
        answer = _answer(made, name)
        return answer.application_revision if answer else None
    if newest is None or (name == imprinted.SHEET and not imprinted.has_sheet(newest)):
        return None
    return newest.revision


def _answer(made: Sequence[Decision], name: str) -> Decision | None:
    return next((one for one in reversed(made) if one.outcome in ANSWERED.get(name, ())), None)


def _mark(db: Database, record_id: str, entry: Entry, record: Application, origin: str) -> Mark:
    first = journal.find(db, record_id, 1)
    # Of a correction that came back from paper alone nobody knows the code any more.
    code = status_code(first) if first else ""
    here = addresses.status(origin, record.point.code) if origin and code and record.point else ""
    return Mark(entry.revision, imprint.proof(entry), grouped(code), here and f"{here}#{record.reference}.{code}")
