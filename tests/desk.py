"""An application at a clerk's counter and what is printed of it, for the tests of the papers' pages."""

from itertools import count
from typing import Any

import pypdfium2
from msgspec.structs import replace
from sqlite_utils import Database

from domain.application import Application
from domain.complete import complete
from domain.print import Print
from domain.reference import reference_for
from domain.uuid7 import new_uuid7
from domain.words import ScriptOrder
from store import prints, submissions
from store.clock import today
from store.prints import Kept
from tests.browser import Browser
from tests.enrolment import POINT, PRODUCT
from tests.sample import APPLICATION

_number = count(1)


def taken(db: Database, **changes: Any) -> Application:
    """Submit an application like no other and return it."""
    number = next(_number)
    [buyer] = APPLICATION.buyers
    trade = replace(
        buyer.trade, invoice_number=f"FP-{number}", invoice_date=today(), contract_date=None, delivery_date=today(),
        due_date=today().fromordinal(today().toordinal() + buyer.trade.credit_days),
    )  # fmt: skip
    record_id = new_uuid7()
    reference = reference_for(record_id, POINT.code, today().year)
    application = replace(APPLICATION, buyers=(replace(buyer, trade=trade),), **changes)
    record = complete(application, PRODUCT, POINT, record_id, reference, "示例经办", today())
    submissions.submit(db, record, "test")
    return record


def corrected(db: Database, record: Application, revision: int = 2) -> Application:
    """Submit the next revision of *record* and return it."""
    after = replace(record, duplicate_reason=f"第{revision}版")
    submissions.submit(db, after, "test", revision - 1)
    return after


def place(record: Application, name: str = "application", rest: str = "prints") -> str:
    """Return an address of a paper about *record*."""
    return f"/applications/{record.reference}/papers/{name}/{rest}".rstrip("/")


def printed(db: Database, record: Application, name: str = "application") -> list[Kept]:
    """Return what the journal says of the prints of one paper about *record*."""
    return [one for one in prints.of(db, str(record.record_id)) if one.about.paper == name]


def alone(browser: Browser, record: Application, name: str = "application") -> bytes:
    """Return the PDF of a paper by itself, as it stands now."""
    return bytes(browser.get(place(record, f"{name}.pdf", "")).data)


def print_of(subject: str, **changes: Any) -> Print:
    """Return what an entry says of a print of *subject*."""
    plain = Print(
        paper="application", subject=subject, revision=1, order=ScriptOrder.ZH_FIRST, sha256="0" * 64, program="0.1.0",
        product="sample/1",
    )  # fmt: skip
    return replace(plain, **changes)


def pages(pdf: bytes) -> int:
    """Count the pages of *pdf*."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def text(pdf: bytes) -> str:
    """Return the text of *pdf* without white space: lines may end anywhere."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def press(browser: Browser, record: Application, name: str = "application", **fields: Any) -> bytes:
    """Print a paper, with what goes with it, and return the PDF."""
    answer = browser.submit(place(record, name), **fields)
    assert answer.mimetype == "application/pdf", answer.text
    return bytes(answer.data)
