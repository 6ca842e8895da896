"""From the store to paper: find the revision, its product and the insurer's answer, and print them."""

from sqlite_utils import Database

from domain.application import Application
from domain.decision import Decision
from domain.errors import NotFound
from domain.words import Outcome
from printing import application, certificate, consents, decision, receipt
from printing.paper import Mark, Paper, render
from settings import Settings
from store import applications, decisions, journal, products
from wire.status_code import grouped, status_code

TAKEN = {"application": application.paper, "consents": consents.paper, "receipt": receipt.paper}
PAPERS = (*TAKEN, "certificate", "decision")


def printed(db: Database, record_id: str, name: str, settings: Settings, revision: int | None = None) -> bytes:
    """Return paper *name* about an application as PDF; raise NotFound where there is no such paper (yet)."""
    if name not in PAPERS:
        raise NotFound("paper_unknown")
    answer = _answer(db, record_id, name)
    if answer is not None:
        revision = answer.application_revision
    record = applications.read(db, record_id, revision)
    mark = _mark(db, record_id, revision, settings.public_url)
    return render(_paper(db, name, record, answer, mark), settings.script_order)


def _paper(db: Database, name: str, record: Application, answer: Decision | None, mark: Mark) -> Paper:
    product = products.find(db, record.cover.product, record.cover.version)
    if product is None:
        raise NotFound("product_missing")
    if answer is None:
        return TAKEN[name](record, product, mark)
    return (certificate if name == "certificate" else decision).paper(record, product, mark, answer)


def _answer(db: Database, record_id: str, name: str) -> Decision | None:
    if name in TAKEN:
        return None
    wanted = (Outcome.ACCEPTED,) if name == "certificate" else (Outcome.DECLINED, Outcome.SUPPLEMENT)
    made = [one for one in decisions.of(db, record_id) if one.outcome in wanted]
    if not made:
        raise NotFound("paper_not_yet")
    return made[-1]


def _mark(db: Database, record_id: str, revision: int | None, origin: str) -> Mark:
    entry, first = journal.find(db, record_id, revision), journal.find(db, record_id, 1)
    if entry is None:
        raise NotFound("application.not_found")
    # Of a correction that came back from paper alone nobody knows the code any more.
    code, reference = status_code(first) if first else "", applications.read(db, record_id).reference
    address = f"{origin}/apply/status#{reference}.{code}" if origin and code else ""
    return Mark(entry.revision, entry.hash, grouped(code), address)
