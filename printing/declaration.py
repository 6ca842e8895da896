"""The declaration sheet (申报单): sales on credit of one period, and what was paid of them."""

from domain.declaration import Declaration
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Paper
from printing.rows import filled, sheets
from printing.stamp import stamped

FIRST_SHEET, OTHER_SHEETS = 8, 17


def paper(declaration: Declaration, product: Product, digest: bytes) -> Paper:
    """Return the sheet of *declaration*; *digest* is what proves it, 32 bytes. Long lists go on over sheets."""
    values = stamped(declaration.reference, digest, product, declaration.point, declaration.clerk)
    return Paper(
        title=N_("赊销申报单"),
        template="declaration",
        reference=declaration.reference,
        pages=sheets(len(declaration.sales), FIRST_SHEET, OTHER_SHEETS),
        looks=(Look(), Look("tight")),
        values=values
        | {
            "declaration": declaration,
            "sales": filled(declaration.sales, FIRST_SHEET, OTHER_SHEETS),
        },
    )
