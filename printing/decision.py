"""The insurer's answer (核保结论通知): why not, or the one list of everything that is missing."""

from domain.application import Application
from domain.decision import Decision
from domain.product import Product
from domain.words import N_, Outcome
from printing.paper import Mark, Paper, about

TITLES = {
    Outcome.DECLINED: N_("不予承保通知书"),
    Outcome.SUPPLEMENT: N_("补充材料一次性告知书"),
    Outcome.QUARANTINED: N_("申请记录更正通知书"),
}


def paper(application: Application, product: Product, mark: Mark, decision: Decision) -> Paper:
    """Return the notice. Raises KeyError for an accepted application, which has a certificate instead."""
    return Paper(
        title=TITLES[decision.outcome],
        template="decision",
        reference=application.reference or "",
        values=about(application, product, mark) | {"decision": decision},
    )
