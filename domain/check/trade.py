"""One delivery on credit (一笔赊销): what, how much, and when it is due."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.application import Trade
from domain.check.refusal import required
from domain.errors import Problem
from domain.product import Product


def check(trade: Trade, product: Product, today: date) -> list[Problem]:
    """Return the problems of one trade under *product* on *today*."""
    return [
        *required("goods", trade.goods),
        *_contract(trade, today),
        *_invoice(trade, product, today),
        *_delivery(trade, product, today),
        *_terms(trade, product),
        *_due(trade, today),
    ]


def due_date(delivery_date: date, credit_days: int) -> date:
    """Return the day on which a delivery is to be paid (应付款日)."""
    return delivery_date + timedelta(days=credit_days)


def _contract(trade: Trade, today: date) -> Iterator[Problem]:
    yield from required("contract_number", trade.contract_number)
    if trade.contract_date and trade.contract_date > today:
        yield Problem("contract_date", "date_future", {"today": today.isoformat()})


def _invoice(trade: Trade, product: Product, today: date) -> Iterator[Problem]:
    """Before delivery there may be no invoice yet; after it there must be one, young enough for the product."""
    number, issued = trade.invoice_number.strip(), trade.invoice_date
    if issued and not number:
        yield Problem("invoice_number", "invoice_number_missing")
    if number and not issued:
        yield Problem("invoice_date", "invoice_date_missing")
    if not number and not issued and trade.delivery_date < today:
        yield Problem("invoice_number", "invoice_after_delivery")
    if issued and issued > today:
        yield Problem("invoice_date", "date_future", {"today": today.isoformat()})
    if issued and (today - issued).days > product.max_invoice_age_days:
        age = {"days": str((today - issued).days), "most": str(product.max_invoice_age_days)}
        yield Problem("invoice_date", "invoice_too_old", age)


def _delivery(trade: Trade, product: Product, today: date) -> Iterator[Problem]:
    latest = today + timedelta(days=product.cover_days)
    if trade.delivery_date > latest:
        yield Problem("delivery_date", "delivery_after_cover", {"latest": latest.isoformat()})


def _terms(trade: Trade, product: Product) -> Iterator[Problem]:
    if trade.amount_fen <= 0:
        yield Problem("amount_fen", "amount_none")
    low, high = product.min_credit_days, product.max_credit_days
    if not low <= trade.credit_days <= high:
        yield Problem("credit_days", "days_range", {"low": str(low), "high": str(high)})


def _due(trade: Trade, today: date) -> Iterator[Problem]:
    if (trade.due_date - trade.delivery_date).days != trade.credit_days:
        span = {"delivery": trade.delivery_date.isoformat(), "days": str(trade.credit_days)}
        yield Problem("due_date", "due_date_differs", span)
    if trade.due_date < today:
        yield Problem("due_date", "trade_overdue", {"due": trade.due_date.isoformat()})
