"""What the print tests print, from the plainest record to the longest that is legal, and how they look at it."""

import re
from datetime import date
from functools import cache
from html import unescape
from io import BytesIO
from random import Random
from typing import Any

import pypdfium2
from msgspec import convert, to_builtins
from msgspec.structs import replace
from PIL.Image import Image

import imprint
from demo import claims
from domain.application import Application, Arrears, Buyer, CreditGrade, Quote
from domain.canonical import canonical
from domain.complete import complete
from domain.decision import CoverGranted, Decision
from domain.handover import Handover, Line, totals
from domain.money import HIGHEST_FEN
from domain.reference import reference_for
from domain.signing import Signing
from domain.words import AreaTag, OtherInsurance, Outcome, Ownership, PolicyTag, Purpose, Size
from imprint import digits
from printing import (
    application,
    blank,
    certificate,
    claim,
    consents,
    datasheet,
    decision,
    declaration,
    handover,
    key_terms,
    loss_notice,
    poster,
    receipt,
)
from printing.paper import Look, Mark, Paper, sheet
from printing.poster import Poster
from printing.render import render
from tests import plates
from tests.imprints import entry
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
CORRECTION = decided(Outcome.QUARANTINED, reasons=REASONS[:1], note="请更正。")
ASKING = Mark(
    1, MARK.digest, "7K3M-9QTM-4F7K-W2XY", f"https://jl.example.cn/p/JL/apply/status#{REFERENCE}.7K3M9QTM4F7KW2XY"
)
CODES = digits.FRAMES.written([Random(number).randbytes(digits.MOST_BYTES) for number in range(9)], 6, "0" * 18)


LINES = tuple(
    Line(
        record_id=RECORD, reference=REFERENCE, revision=number, policyholder=PLAIN.policyholder.name,
        buyer=PLAIN.buyers[0].name, buyers=1, amount_fen=4_000_000, insured_fen=3_200_000, premium_fen=19_200,
        payable_fen=9_600, printed=number > 1, signing=signing, sync=sync, clerk="示例经办",
    )
    for number, (signing, sync) in enumerate(zip(Signing, ("pending", "sent", "carried", "confirmed"), strict=True), 1)
)  # fmt: skip
DAY = Handover(day=TODAY, lines=LINES, totals=totals(LINES), blanks=4)
PLATES = plates.shared()


def form(record: Application = PLAIN) -> Paper:
    """Return the application form of *record* without its data."""
    return application.paper(record, PRODUCT, MARK)


def carrying(record: Application = PLAIN) -> Paper:
    """Return the form with the record on it, as a point prints it."""
    return application.paper(record, PRODUCT, MARK, canonical(record), imprint.written(entry(record)))


def family() -> dict[str, Paper]:
    """Return a paper of every kind, by its name."""
    return {
        "application": carrying(),
        "application-3": form(with_buyers(3)),
        "application-5": form(with_buyers(5)),
        "receipt": receipt.paper(PLAIN, PRODUCT, ASKING),
        "receipt-a5": receipt.paper(PLAIN, PRODUCT, ASKING, "a5"),
        "receipt-roll": receipt.paper(PLAIN, PRODUCT, ASKING, "roll80"),
        "consents": consents.paper(PLAIN, PRODUCT, MARK),
        "key-terms": key_terms.paper(PLAIN, PRODUCT, MARK),
        "certificate": certificate.paper(PLAIN, PRODUCT, MARK, accepted()),
        "declined": decision.paper(PLAIN, PRODUCT, MARK, DECLINED),
        "supplement": decision.paper(PLAIN, PRODUCT, MARK, SUPPLEMENT),
        "correction": decision.paper(PLAIN, PRODUCT, MARK, CORRECTION),
        "declaration": declaration.paper(claims.declaration(), PRODUCT, MARK.digest),
        "loss-notice": loss_notice.paper(claims.loss_notice(), PRODUCT, MARK.digest),
        "claim": claim.paper(claims.claim(), PRODUCT, MARK.digest),
        "data-sheet": datasheet.paper(PLAIN, PRODUCT, MARK, CODES),
        "poster": poster.paper(POSTER),
        "blank": blank.paper("JL-26-B7K3-9QTM-5", POINT, PRODUCT),
        "handover": handover.paper(DAY, POINT, "2026-11-20T10:30:00Z", "示例经办"),
    }


@cache
def printed(name: str, order: str) -> bytes:
    """Return the family's paper *name* in one setting of the languages, printed once a process."""
    return render(family()[name], order, PLATES)


def html(paper: Paper, order: str = "zh_first", look: Look | None = None) -> str:
    """Return *paper* in its first *look*, before it is pressed, its values in place."""
    return sheet(paper, order, look or paper.looks[0])


def ticks(page: str) -> list[str]:
    """Return what stands in each box to tick, in order."""
    return re.findall(r'<span class="put tick">(.?)</span>', page)


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
