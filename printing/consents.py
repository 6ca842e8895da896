"""The consent sheet (信息使用单独同意书): every consent in its full wording, signed apart from the form."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Mark, Paper


def paper(application: Application, product: Product, mark: Mark) -> Paper:
    """Return the sheet, in both languages whichever was read. Raises KeyError for wording *product* does not hold."""
    wordings = {(text.kind, text.version): text.text for text in product.consents}
    return Paper(
        title=N_("信息使用单独同意书"),
        template="consents",
        application=application,
        product=product,
        mark=mark,
        values={
            "consents": [(consent, wordings[consent.kind, consent.text_version]) for consent in application.consents]
        },
    )
