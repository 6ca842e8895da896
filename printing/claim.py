"""The claim (索赔申请书) with its checklist of documents, those handed in ticked."""

from domain.claim import Claim
from domain.product import Product
from domain.words import N_, LossCause
from printing.paper import Look, Paper
from printing.rows import filled
from printing.stamp import stamped

FIRST_SHEET, OTHER_SHEETS = 4, 8
CLOCKS = ("claim", "supplement-notice", "simple-claim", "claim-decision", "claim-payment", "refusal-notice")


def paper(claim: Claim, product: Product, digest: bytes) -> Paper:
    """Return the claim; *digest* is what proves it, 32 bytes. The account to be paid to stands there whole."""
    values = stamped(claim.reference, digest, product, claim.point, claim.clerk)
    return Paper(
        title=N_("索赔申请书"),
        template="claim",
        reference=claim.reference,
        pages=2,
        looks=(Look(), Look("tight")),
        values=values
        | {
            "loss": claim,
            "causes": tuple(LossCause),
            "invoices": filled(claim.invoices, FIRST_SHEET, OTHER_SHEETS),
            "clocks": [clock for id in CLOCKS if (clock := product.clock(id))],
        },
    )
