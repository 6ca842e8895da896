"""The receipt (受理回执): what the applicant takes home, with the same slip for the point's own file."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing import qr
from printing.paper import Mark, Paper


def paper(application: Application, product: Product, mark: Mark) -> Paper:
    """Return the receipt, two slips on one page; identity and phone numbers are masked."""
    return Paper(
        title=N_("投保申请受理回执"),
        template="receipt",
        application=application,
        product=product,
        mark=mark,
        values={
            "total_fen": sum(buyer.trade.amount_fen for buyer in application.buyers),
            "asking": qr.image(mark.address) if mark.address else "",
        },
    )
