"""The declaration of sales (申报单): what the insured sold on credit and what buyers paid since.

Amounts are integer fen, dates ISO 8601. No page writes this record yet; its paper is drawn from it.
"""

from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.application import FORM_VERSION, Days, Fen, Line, Name, PointStamp, Record, RecordId
from domain.claim import CreditCode, PolicyNumber, Reference
from domain.words import DeclarationKind

MOST_SALES = 200


class Sale(Record, frozen=True, kw_only=True):
    """One sale on credit (一笔赊销): ``proof`` is what the buyer signed; ``paid_on`` is empty until they paid."""

    buyer: Name
    credit_code: CreditCode
    contract_number: Line
    invoice_number: Line
    invoice_date: date | None = None
    delivery_date: date
    proof: Line = ""
    amount_fen: Fen
    credit_days: Days
    due_date: date
    paid_on: date | None = None
    paid_fen: Fen = 0


class Declaration(Record, frozen=True, kw_only=True):
    """The sales of one period under one policy; ``application`` is the reference of the insured application."""

    form_version: int = FORM_VERSION
    record_id: RecordId
    reference: Reference
    application: Reference
    policy_number: PolicyNumber
    insured: Name
    insured_bo: Annotated[str, Meta(max_length=120)] = ""
    kind: DeclarationKind
    period_from: date
    period_to: date
    sales: Annotated[tuple[Sale, ...], Meta(min_length=1, max_length=MOST_SALES)]
    declared_on: date
    point: PointStamp
    clerk: Annotated[str, Meta(max_length=60)] = ""

    @property
    def amount_fen(self) -> int:
        """What was sold."""
        return sum(sale.amount_fen for sale in self.sales)

    @property
    def paid_fen(self) -> int:
        """What was paid of it."""
        return sum(sale.paid_fen for sale in self.sales)
