"""The application form (投保申请表): what the applicant signs and the insurer reads."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Mark, Paper, about

ROOMY, TIGHT, BRIEF = Look(), Look("tight"), Look("brief")


def paper(application: Application, product: Product, mark: Mark) -> Paper:
    """Return the form, at most two pages: with many or long entries it gets tighter instead of longer."""
    return Paper(
        title=N_("国内贸易信用保险投保申请表"),
        template="application",
        values=about(application, product, mark),
        reference=application.reference or "",
        pages=2,
        looks=(ROOMY, TIGHT, BRIEF)[len(application.buyers) > 1 :],
    )
