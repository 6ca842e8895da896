"""The application form (投保申请表): what the applicant signs and the insurer reads."""

from collections.abc import Sequence

from domain.application import Application, Buyer
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Mark, Paper, about

MOST_CODES = 4
MOST_BUYERS = 5
LOOKS = (Look(), Look("tight"), Look("brief"))


def paper(
    application: Application, product: Product, mark: Mark, attached: bytes = b"", codes: Sequence[str] = ()
) -> Paper:
    """Return the form, at most two pages: with many or long entries it gets tighter instead of longer.

    *attached* is the record's canonical JSON, *codes* the same as digits for square codes: up to ``MOST_CODES`` stand
    at the foot of the form, more belong on a ``datasheet`` of their own.
    """
    here = codes if len(codes) <= MOST_CODES else ()
    return Paper(
        title=N_("国内贸易信用保险投保申请表"),
        template="application",
        values=about(application, product, mark) | {"codes": here},
        reference=application.reference or "",
        pages=2,
        looks=LOOKS[_first_look(application.buyers, bool(here)) :],
        attached=attached,
    )


def _first_look(buyers: Sequence[Buyer], codes: bool) -> int:
    """Return the place in ``LOOKS`` of the roomiest in which an ordinary record has room."""
    owing = any(buyer.arrears.owed for buyer in buyers)
    most_roomy, most_tight = (1, 3) if codes else (2, MOST_BUYERS - owing)
    return (len(buyers) > most_roomy) + (len(buyers) > most_tight)
