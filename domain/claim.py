"""Notice of loss (可能损失通知书) and claim (索赔申请): what the insured reports when a buyer does not pay.

Amounts are integer fen, dates ISO 8601. No page writes these records yet; their papers are drawn from them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.application import FORM_VERSION, Fen, Line, Name, Note, PointStamp, Record, RecordId
from domain.words import LossCause

MOST_INVOICES = 20

CreditCode = Annotated[str, Meta(min_length=18, max_length=18)]
Mobile = Annotated[str, Meta(pattern=r"^1[3-9][0-9]{9}$")]
PolicyNumber = Annotated[str, Meta(min_length=1, max_length=40)]
Reference = Annotated[str, Meta(min_length=1, max_length=32)]


class UnpaidInvoice(Record, frozen=True, kw_only=True):
    """One delivery that was not paid in full (未收款发票): its amount and what is still owed."""

    contract_number: Line
    invoice_number: Line
    invoice_date: date | None = None
    delivery_date: date
    due_date: date
    amount_fen: Fen
    unpaid_fen: Fen


class Insured(Record, frozen=True, kw_only=True):
    """Who reports a loss or claims (被保险人) and how to reach them."""

    name: Name
    name_bo: Annotated[str, Meta(max_length=120)] = ""
    contact: Name
    mobile: Mobile


class Debtor(Record, frozen=True, kw_only=True):
    """The buyer who does not pay (欠款买方)."""

    name: Name
    credit_code: CreditCode
    address: Line = ""
    phone: Annotated[str, Meta(max_length=20)] = ""


class Loss(Record, frozen=True, kw_only=True):
    """What a notice of loss and a claim both state; ``application`` is the reference of the insured application."""

    form_version: int = FORM_VERSION
    record_id: RecordId
    reference: Reference
    application: Reference
    policy_number: PolicyNumber
    insured: Insured
    buyer: Debtor
    cause: LossCause
    account: Note
    invoices: Annotated[tuple[UnpaidInvoice, ...], Meta(min_length=1, max_length=MOST_INVOICES)]
    financed: bool = False
    bank: Line = ""
    point: PointStamp
    clerk: Annotated[str, Meta(max_length=60)] = ""

    @property
    def unpaid_fen(self) -> int:
        """What is owed on all its invoices."""
        return total_unpaid(self.invoices)


class LossNotice(Loss, frozen=True, kw_only=True):
    """A notice of possible loss (可能损失通知书): ``known_on`` is when the insured learned of it."""

    known_on: date
    notified_on: date
    measures: Note = ""
    delivery_stopped: bool
    goods_recoverable: bool = False
    remark: Note = ""


class Payee(Record, frozen=True, kw_only=True):
    """Where an indemnity is to be paid (收款账户); the bank's own where the claim is assigned to it."""

    holder: Name
    bank: Line
    account_number: Annotated[str, Meta(min_length=6, max_length=32)]


class Claim(Loss, frozen=True, kw_only=True):
    """A claim (索赔申请): ``documents`` are ids of the product's claim documents that are handed in with it."""

    loss_notice: Annotated[str, Meta(max_length=32)] = ""
    claimed_on: date
    claimed_fen: Fen
    recovered_fen: Fen = 0
    urged_by_insured: bool
    urged_by_bank: bool = False
    disputed: bool = False
    dispute: Note = ""
    payee: Payee
    documents: tuple[str, ...] = ()


def total_unpaid(invoices: Sequence[UnpaidInvoice]) -> int:
    """Return what is still owed on *invoices*, in fen."""
    return sum(invoice.unpaid_fen for invoice in invoices)
