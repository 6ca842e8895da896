"""The application form (投保申请表): what the applicant signs and the insurer reads."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Mark, Paper

ROOMY, TIGHT, SHORTENED, BRIEF = Look(), Look("tight"), Look("tight", 60), Look("brief", 8)


def paper(application: Application, product: Product, mark: Mark) -> Paper:
    """Return the form, at most two pages: with many or long entries it gets tighter instead of longer."""
    return Paper(
        title=N_("国内贸易信用保险投保申请表"),
        template="application",
        application=application,
        product=product,
        mark=mark,
        pages=2,
        looks=(ROOMY, TIGHT, SHORTENED, BRIEF)[len(application.buyers) > 1 :],
    )
