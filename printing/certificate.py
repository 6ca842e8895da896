"""The certificate of cover (承保凭证): what the insurer granted."""

from domain.application import Application
from domain.decision import Decision
from domain.identity import mask_id
from domain.product import Product
from domain.words import N_, IdKind
from printing.paper import Look, Mark, Paper, about


def paper(application: Application, product: Product, mark: Mark, decision: Decision) -> Paper:
    """Return the certificate of an accepted application. Raises ValueError where no cover was granted."""
    if decision.cover is None:
        raise ValueError("only granted cover has a certificate")
    holder = application.policyholder
    return Paper(
        title=N_("国内贸易信用保险承保凭证"),
        template="certificate",
        reference=application.reference or "",
        looks=(Look(), Look("tight")),
        values=about(application, product, mark)
        | {
            "decision": decision,
            "buyers": list(zip(application.buyers, decision.cover.limits_fen, strict=True)),
            "shown_id": mask_id(holder.id_number) if holder.id_kind is IdKind.RESIDENT_ID else holder.id_number,
        },
    )
