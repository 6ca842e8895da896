"""The applicant's own business (经营与保险情况): terms, losses and other insurance agree with one another."""

from collections.abc import Iterator

from domain.application import Business
from domain.check.refusal import repeated, required
from domain.errors import Problem
from domain.words import OtherInsurance


def check(business: Business) -> list[Problem]:
    """Return the problems of the business section."""
    return [*_terms(business), *_losses(business), *_insurance(business), *_purposes(business)]


def _terms(business: Business) -> Iterator[Problem]:
    if business.usual_credit_days > business.longest_credit_days:
        yield Problem("longest_credit_days", "credit_days_order", {"usual": str(business.usual_credit_days)})


def _losses(business: Business) -> Iterator[Problem]:
    if business.unpaid_losses and not business.unpaid_losses_fen:
        yield Problem("unpaid_losses_fen", "losses_amount")
    if business.unpaid_losses:
        yield from required("unpaid_reason", business.unpaid_reason)
    elif business.unpaid_losses_fen:
        yield Problem("unpaid_losses", "losses_unsaid")


def _insurance(business: Business) -> list[Problem]:
    if business.other_insurance is OtherInsurance.NONE:
        return []
    return required("other_insurer", business.other_insurer)


def _purposes(business: Business) -> Iterator[Problem]:
    if not business.purposes:
        yield Problem("purposes", "purpose_none")
    yield from repeated("purposes", business.purposes)
