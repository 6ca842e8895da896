"""The consent pack (信息使用单独同意书): a sheet for every separate consent, each signed for itself."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Mark, Paper, about


def paper(application: Application, product: Product, mark: Mark) -> Paper:
    """Return the pack, in both languages whichever was read. Raises KeyError for wording *product* does not hold."""
    wordings = {(text.kind, text.version): text.text for text in product.consents}
    return Paper(
        title=N_("信息使用单独同意书"),
        template="consents",
        reference=application.reference or "",
        pages=len(application.consents),
        looks=(Look(), Look("tight")),
        values=about(application, product, mark)
        | {"consents": [(consent, wordings[consent.kind, consent.text_version]) for consent in application.consents]},
    )
