"""What a draft already says about eligibility (适保), long before it is complete."""

from collections.abc import Mapping
from typing import Any

from domain.eligibility import Facts
from domain.words import ApplicantKind, OtherInsurance, TradeMode
from forms.fields import NO, YES
from forms.unfinished import Unfinished

Answers = Mapping[str, Any]


def known_facts(answers: Answers) -> Facts:
    """Return what the product's rules may ask so far; raise Unfinished while the first questions are open."""
    buyers, business = answers.get("buyers", []), answers.get("business", {})
    insured = business.get("other_insurance", [""])[0]
    return Facts(
        **first_facts(answers),
        buyer_related=_any_yes(buyers, "related"),
        buyer_in_arrears=_any_yes(buyers, "arrears_owed"),
        declined_before=_any_yes([business], "declined_before"),
        other_insurance_now=insured == OtherInsurance.CURRENT if insured else None,
    )


def first_facts(answers: Answers) -> dict[str, Any]:
    """Return the first step's answers as the domain's words; raise Unfinished where one is missing."""
    start = {name: values[0] for name, values in answers.get("start", {}).items() if values}
    try:
        return {
            "buyer_in_mainland": {YES: True, NO: False}[start["buyer_in_mainland"]],
            "kind": ApplicantKind(start["kind"]),
            "trade_mode": TradeMode(start["trade_mode"]),
        }
    except (KeyError, ValueError):
        raise Unfinished("start") from None


def _any_yes(parts: list[Mapping[str, list[str]]], name: str) -> bool | None:
    answered = [part[name] for part in parts if part.get(name)]
    return [YES] in answered if answered else None
