"""A record back into what was typed (回填), so that it can be corrected or used again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from domain.application import Application, Buyer
from domain.money import format_yuan
from forms.fields import NO, YES

Typed = dict[str, list[str]]


def answers_of(application: Application) -> dict[str, Any]:
    """Return a draft's answers that say the same as *application*; declarations are never carried over."""
    business = msgspec.structs.asdict(application.business)
    return {
        "start": _typed(
            {
                "buyer_in_mainland": all(buyer.registered_in_mainland for buyer in application.buyers),
                "kind": application.policyholder.kind,
                "trade_mode": business.pop("trade_mode"),
            }
        ),
        "policyholder": _typed(msgspec.structs.asdict(application.policyholder)),
        "buyers": [_buyer(buyer) for buyer in application.buyers],
        "business": _typed(business),
        "product": [application.cover.product, application.cover.version],
        "cover": {"tier": [application.cover.tier]},
        "declarations": {"documents": list(application.documents)},
    }


def _buyer(buyer: Buyer) -> Typed:
    return _typed(
        msgspec.structs.asdict(buyer)
        | _below("trade", buyer.trade)
        | _below("arrears", buyer.arrears)
        | _below("credit_grade", buyer.credit_grade)
    )


def _below(prefix: str, part: msgspec.Struct) -> dict[str, Any]:
    return {f"{prefix}_{name}": value for name, value in msgspec.structs.asdict(part).items()}


def _typed(values: Mapping[str, Any]) -> Typed:
    return {name: _text(name, value) for name, value in values.items() if not isinstance(value, msgspec.Struct)}


def _text(name: str, value: Any) -> list[str]:
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    if isinstance(value, bool):
        return [YES if value else NO]
    if value is None or value == "":
        return [""]
    if name.endswith("_fen"):
        return [format_yuan(value).replace(",", "").lstrip("¥")] if value else [""]
    return [value.isoformat() if isinstance(value, date) else str(value)]
