"""The notice of loss (可能损失通知书): the insured says that a buyer may not pay."""

from domain.claim import LossNotice
from domain.product import Product
from domain.words import N_, LossCause
from printing.paper import Look, Paper
from printing.rows import filled, sheets
from printing.stamp import stamped

FIRST_SHEET, OTHER_SHEETS = 2, 8


def paper(notice: LossNotice, product: Product, digest: bytes) -> Paper:
    """Return the notice; *digest* is what proves it, 32 bytes."""
    values = stamped(notice.reference, digest, product, notice.point, notice.clerk)
    return Paper(
        title=N_("可能损失通知书"),
        template="loss_notice",
        reference=notice.reference,
        pages=sheets(len(notice.invoices), FIRST_SHEET, OTHER_SHEETS),
        looks=(Look(), Look("tight")),
        values=values
        | {
            "loss": notice,
            "causes": tuple(LossCause),
            "invoices": filled(notice.invoices, FIRST_SHEET, OTHER_SHEETS),
        },
    )
