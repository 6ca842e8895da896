"""The papers to bring (所需材料), as the product lists them."""

from domain.product import Product
from domain.words import ApplicantKind


def required_documents(product: Product, kind: ApplicantKind) -> tuple[str, ...]:
    """Return the ids of the papers that *product* requires of this kind of applicant, in its order."""
    return tuple(document.id for document in product.documents if kind in document.required_for)
