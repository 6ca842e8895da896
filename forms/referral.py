"""Where this product does not suit (适保): said at the very answer, with where to go; nobody is stopped silently."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from domain.eligibility import assess
from domain.product import EligibilityRule, Product, When
from domain.words import OtherInsurance, Standing
from forms.facts import Answers, known_facts
from forms.fields import NO, YES
from i18n import current_language, gettext


class Asked(NamedTuple):
    """One condition of a rule as the page asks it: in which step, by which field, and which answers meet it."""

    step: str
    field: str
    values: tuple[str, ...]


def refer(step: str, form: Any, product: Product, answers: Answers) -> bool:
    """Say whether the product still suits after *form*; else its reason stands at the answer that decided."""
    assessment = assess(product, known_facts(answers))
    if assessment.standing is not Standing.REFER:
        return True
    suits = True
    for rule in assessment.rules:
        decided = list(conditions(rule.when))[-1]
        if decided.step == step and form[decided.field].data in decided.values:
            form[decided.field].errors = [reason(rule)]
            suits = False
    return suits


def reasons(product: Product) -> Mapping[tuple[str, str], str]:
    """Return (field, value) → reason for every answer that alone takes an applicant out of *product*."""
    alone = [(rule, list(conditions(rule.when))) for rule in product.eligibility if rule.standing is Standing.REFER]
    return {(asked[0].field, value): reason(rule)
            for rule, asked in alone if len(asked) == 1 for value in asked[0].values}  # fmt: skip


def reason(rule: EligibilityRule) -> str:
    """Return why a rule sends somebody elsewhere, and where to."""
    language = current_language()
    why = str(getattr(rule.reason, language))
    return f"{why} {gettext('可以转到：')}{getattr(rule.refer_to, language)}" if rule.refer_to else why


def conditions(when: When) -> Iterator[Asked]:
    """Yield what *when* asks, in the order in which the page asks it."""
    asked = (
        ("start", "buyer_in_mainland", _said(when.buyer_in_mainland)),
        ("start", "kind", when.kinds),
        ("start", "trade_mode", when.trade_modes),
        ("buyers", "related", _said(when.buyer_related)),
        ("buyers", "arrears_owed", _said(when.buyer_in_arrears)),
        ("business", "other_insurance", _insured(when.other_insurance_now)),
        ("business", "declined_before", _said(when.declined_before)),
    )
    return (Asked(step, field, tuple(map(str, values))) for step, field, values in asked if values)


def _said(wanted: bool | None) -> tuple[str, ...]:
    return {None: (), True: (YES,), False: (NO,)}[wanted]


def _insured(wanted: bool | None) -> tuple[str, ...]:
    return {None: (), True: (OtherInsurance.CURRENT,), False: (OtherInsurance.NONE, OtherInsurance.PAST)}[wanted]
