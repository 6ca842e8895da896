"""The receipt (受理回执): what the applicant takes home, with the same slip for the point's own file."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Mark, Paper, about

THEIRS, OURS = (N_("投保人联"), True), (N_("服务点留存联"), False)
COPIES = {"a4": (THEIRS, OURS), "a5": (THEIRS,), "roll80": (THEIRS,)}
STYLES = {"a4": ("slips", "slips brief"), "a5": ("a5", "a5 brief"), "roll80": ("roll80",)}


def paper(application: Application, product: Product, mark: Mark, size: str = "a4") -> Paper:
    """Return the receipt: two slips on A4, the applicant's alone on A5 or an 80 mm roll; numbers are masked."""
    return Paper(
        title=N_("投保申请受理回执"),
        template="strip" if size == "roll80" else "receipt",
        reference=application.reference or "",
        looks=tuple(map(Look, STYLES[size])),
        values=about(application, product, mark)
        | {
            "total_fen": sum(buyer.trade.amount_fen for buyer in application.buyers),
            "asking": mark.address,
            "copies": COPIES[size],
        },
    )
