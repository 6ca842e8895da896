"""The papers brought (所交材料): ids that the product knows, each once."""

from collections.abc import Sequence

from domain.check.refusal import repeated
from domain.errors import Problem
from domain.product import Product


def check(documents: Sequence[str], product: Product) -> list[Problem]:
    """Return the problems of the list of documents; paths are indexes."""
    known = {document.id for document in product.documents}
    unknown = [Problem(str(index), "document_unknown") for index, id in enumerate(documents) if id not in known]
    return [*unknown, *repeated("", documents)]
