"""What the print tests print, from the plainest record to the longest that is legal, and how they look at it."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pypdfium2
from msgspec import convert, to_builtins
from msgspec.structs import replace
from PIL.Image import Image

from domain.application import Application, Arrears, Buyer, CreditGrade, Quote
from domain.complete import complete
from domain.decision import CoverGranted, Decision
from domain.money import HIGHEST_FEN
from domain.reference import reference_for
from domain.words import AreaTag, OtherInsurance, Outcome, Ownership, PolicyTag, Purpose, Size
from printing import application
from printing.paper import Mark, Paper, sheet
from printing.poster import Poster
from tests.sample import APPLICATION, BUYER, POINT, PRODUCT, TODAY, changed

RECORD = "01936b2e-7c00-7000-8000-000000000001"
REFERENCE = reference_for(RECORD, POINT.code, TODAY.year)
MARK = Mark(revision=1, digest=bytes(range(0x90, 0xB0)))
PLAIN = complete(APPLICATION, PRODUCT, POINT, RECORD, REFERENCE, "示例经办", TODAY)
POSTER = Poster(POINT, PRODUCT, "https://jl.example.cn")
NAME = ("西藏示例高原特色畜产品边境贸易供应链管理有限责任公司" * 3)[:60]
LINE = NAME * 2
NOTE = (NAME * 9)[:500]
DENSE = "བསྒྲུབས་པའི་རྒྱུ་ཆ་རྒྱལ་ཁབ་ཀྱི་"


def with_buyers(number: int, buyer: Buyer = BUYER, fen: int = 4_000_000) -> Application:
    """Return the plain application with *buyer* so many times and every amount of its quote *fen*."""
    amounts = dict.fromkeys(("insured_fen", "premium_fen", "subsidy_fen", "payable_fen"), fen)
    return replace(PLAIN, buyers=(buyer,) * number, quote=Quote(lines=(), limits_fen=(fen,) * number, **amounts))


def longest(buyers: int) -> Application:
    """Return an application with so many buyers in which every entry is as long as the record allows."""
    record: Application = changed(
        with_buyers(buyers, _longest_buyer(), HIGHEST_FEN),
        clerk=NAME,
        point__name=NAME,
        policyholder__name=NAME,
        policyholder__name_bo=(DENSE * 5)[:120],
        policyholder__address=LINE,
        policyholder__main_business=LINE,
        policyholder__ownership=Ownership.FOREIGN,
        policyholder__size=Size.MEDIUM,
        policyholder__area_tags=tuple(AreaTag),
        policyholder__policy_tags=tuple(PolicyTag),
        policyholder__legal_representative=NAME,
        policyholder__legal_representative_phone="1" * 20,
        policyholder__contact=NAME,
        policyholder__contact_position=NAME,
        policyholder__affiliates=NOTE,
        business__purposes=tuple(Purpose),
        business__last_year_sales_fen=HIGHEST_FEN,
        business__unpaid_losses=True,
        business__unpaid_losses_fen=HIGHEST_FEN,
        business__unpaid_reason=NOTE,
        business__other_insurance=OtherInsurance.CURRENT,
        business__other_insurer=LINE,
        declarations__filled_by_clerk=True,
        declarations__read_back=True,
    )
    return record


def _longest_buyer() -> Buyer:
    buyer: Buyer = changed(
        BUYER,
        name=NAME,
        address=LINE,
        related=True,
        relation=NOTE,
        first_trade_year=2021,
        yearly_sales_fen=HIGHEST_FEN,
        highest_balance_fen=HIGHEST_FEN,
        credit_grade=CreditGrade(grade="W" * 20, source=LINE, as_of=TODAY),
        trade__goods=LINE,
        trade__contract_number="W" * 120,
        trade__invoice_number="8" * 120,
        trade__amount_fen=HIGHEST_FEN,
        trade__credit_days=3650,
        arrears=Arrears(owed=True, amount_fen=HIGHEST_FEN, longest_days=3650, note=NOTE),
    )
    return buyer


def decided(outcome: Outcome, **stated: Any) -> Decision:
    """Return a decision about the plain application."""
    return Decision(
        record_id=RECORD,
        application=RECORD,
        application_revision=1,
        reference=REFERENCE,
        outcome=outcome,
        decided_on=date(2026, 11, 24),
        decided_by="rules",
        **stated,
    )


def accepted(application: Application = PLAIN) -> Decision:
    """Return the decision that covers *application* as it was quoted."""
    granted = to_builtins(application.quote)
    del granted["lines"]
    period = {"policy_number": "SAMPLE-2026-000123", "starts_on": "2026-11-25", "ends_on": "2027-11-24"}
    return decided(Outcome.ACCEPTED, cover=convert(granted | period, CoverGranted))


REASONS = tuple(reason.text for reason in PRODUCT.decline_reasons)
DECLINED = decided(Outcome.DECLINED, reasons=REASONS, note="可以再申请。")
SUPPLEMENT = decided(Outcome.SUPPLEMENT, missing=("invoice", "delivery-note"), note="都要盖章。")


def form(record: Application = PLAIN) -> Paper:
    """Return the application form of *record*."""
    return application.paper(record, PRODUCT, MARK)


def html(paper: Paper, order: str = "zh_first") -> str:
    """Return the first sheet of *paper*, before it is pressed."""
    return sheet(paper, order, paper.looks[0])


def shown(page: str) -> str:
    """Return what a reader sees of HTML, white space as single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def pages(pdf: bytes, dpi: int = 150) -> list[Image]:
    """Return what *pdf* looks like, in grey, page by page."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L") for page in document]
    finally:
        document.close()


def words(pdf: bytes) -> str:
    """Return the text that a reader can copy out of *pdf*."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
