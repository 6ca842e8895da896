"""The data sheet (数据附页): the square codes of a record that did not fit on its own paper."""

from collections.abc import Sequence

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Mark, Paper, about
from printing.rows import sheets

FIRST_SHEET, OTHER_SHEETS = 16, 20
BESIDE = 4


def paper(application: Application, product: Product, mark: Mark, codes: Sequence[str]) -> Paper:
    """Return the sheet with *codes*, strings of digits in their order; printed in the same job as the paper itself."""
    return Paper(
        title=N_("数据附页"),
        template="datasheet",
        reference=application.reference or "",
        pages=sheets(len(codes), FIRST_SHEET, OTHER_SHEETS),
        values=about(application, product, mark)
        | {
            "rows": [
                [(at + 1, codes[at]) for at in range(start, min(start + BESIDE, len(codes)))]
                for start in range(0, len(codes), BESIDE)
            ],
            "total": len(codes),
        },
    )
