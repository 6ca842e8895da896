"""Key terms and exclusions (投保须知): what the applicant must have been told, and signs to have been told."""

from domain.application import Application
from domain.product import Product
from domain.words import N_
from printing.paper import Look, Mark, Paper, about

# What Insurance Law arts 16, 21, 52 and 61 ask of whoever is insured.
DUTIES = (
    N_("保险公司问到的，如实回答；故意不说或者说错的，保险公司可以解除合同，不赔。"),
    N_("买方停业、破产、明显付不出钱，或者风险明显增加的，及时通知保险公司。"),
    N_("知道可能发生损失的，及时通知保险公司，并尽力减少损失。"),
    N_("保险公司赔款以前，没有它的同意，不放弃向买方要钱的权利。"),
)


def paper(application: Application, product: Product, mark: Mark) -> Paper:
    """Return the notice; the clauses that free the insurer stand out, as Insurance Law art. 17 asks."""
    return Paper(
        title=N_("投保须知和责任免除提示"),
        template="key_terms",
        reference=application.reference or "",
        pages=2,
        looks=(Look(), Look("tight")),
        values=about(application, product, mark) | {"duties": DUTIES},
    )
