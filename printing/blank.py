"""A numbered blank form (编号空白表): the application form to be filled in by hand on a day without power."""

from collections.abc import Iterable

from domain.application import PointStamp
from domain.blank_code import digits_of
from domain.product import Product
from domain.words import (
    N_,
    ApplicantKind,
    AreaTag,
    IdKind,
    Industry,
    OtherInsurance,
    Ownership,
    PolicyTag,
    Purpose,
    Size,
    TradeMode,
    Word,
)
from printing.paper import Paper

CHOICES: dict[str, Iterable[Word]] = {
    "kinds": ApplicantKind,
    "ids": IdKind,
    "industries": Industry,
    "ownerships": Ownership,
    "sizes": Size,
    "tags": (*AreaTag, *PolicyTag),
    "modes": TradeMode,
    "purposes": Purpose,
    "elsewhere": OtherInsurance,
}


def paper(reference: str, point: PointStamp, product: Product) -> Paper:
    """Return the blank form with the number *reference*: every question of the form, and room for the answer."""
    return Paper(
        title=N_("国内贸易信用保险投保申请表（空白）"),
        template="blank",
        reference=reference,
        pages=4,
        values={
            "point": point,
            "product": product,
            "code": digits_of(reference),
            "short": reference,
            "choices": {name: list(words) for name, words in CHOICES.items()},
        },
    )
