"""The steps of an application in order, and how their answers become one record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from domain.application import Application, Buyer, Policyholder
from domain.words import N_, Channel
from forms.business import BusinessForm
from forms.buyer import BuyerForm
from forms.cover import CoverForm
from forms.declarations import DeclarationsForm
from forms.policyholder import PolicyholderForm
from forms.step import Context, StepForm
from forms.unfinished import Unfinished
from i18n import current_language

Answers = Mapping[str, Any]

STEPS = {
    "start": N_("适保"),
    "policyholder": N_("投保人"),
    "buyers": N_("买方和货款"),
    "business": N_("经营情况"),
    "cover": N_("保障和保费"),
    "declarations": N_("声明同意"),
    "review": N_("核对提交"),
}
FORMS: dict[str, type[StepForm]] = {
    "policyholder": PolicyholderForm,
    "buyers": BuyerForm,
    "business": BusinessForm,
    "cover": CoverForm,
    "declarations": DeclarationsForm,
}


def typed(form: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what was typed without what is not an answer."""
    return {name: values for name, values in form.items() if name not in ("csrf_token", "switch_language", "go")}


def form_for(step: str, answers: Any, context: Context, prefix: str = "") -> Any:
    """Return the form of *step* holding *answers* as typed, or empty when there are none; *prefix* leads its names."""
    typed = {prefix + name: values for name, values in answers.items()} if answers is not None else None
    # The request's token was checked before any view; answers from a draft carry none.
    form = FORMS[step](formdata=MultiDict(typed) if typed is not None else None, prefix=prefix, meta={"csrf": False})
    for offer in ("offer", "offer_tiers", "offer_grades"):
        getattr(form, offer, lambda _context: None)(context)
    return form


def next_unfinished(answers: Answers, context: Context) -> Unfinished | None:
    """Return the first step that is not in order, or None when all can be submitted."""
    try:
        assemble(answers, context)
    except Unfinished as unfinished:
        return unfinished
    return None


def assemble(answers: Answers, context: Context, channel: Channel = Channel.COUNTER) -> Application:
    """Make the application of all steps; raise Unfinished at the first that does not hold."""
    holder, buyers = parties(answers, context)
    context = replace(context, policyholder=holder)
    business = accepted("business", answers.get("business"), context)
    cover = accepted("cover", answers.get("cover"), context)
    declared = accepted("declarations", answers.get("declarations"), context)
    return Application(
        channel=channel,
        language=current_language(),
        policyholder=holder,
        buyers=buyers,
        business=business.read(context),
        cover=cover.read(context),
        declarations=declared.read(context),
        consents=declared.consents(context),
        documents=declared.papers(context),
    )


def accepted(step: str, answers: Any, context: Context, number: int | None = None) -> Any:
    """Return the step's form when it holds; raise Unfinished."""
    if answers is None:
        raise Unfinished(step, number)
    form = form_for(step, answers, context)
    if not form.accept(context):
        raise Unfinished(step, number)
    return form


def parties(answers: Answers, context: Context) -> tuple[Policyholder, tuple[Buyer, ...]]:
    """Return the policyholder and the buyers; raise Unfinished at the first that does not hold."""
    holder: Policyholder = accepted("policyholder", answers.get("policyholder"), context).read(context)
    context = replace(context, policyholder=holder)
    buyers: tuple[Buyer, ...] = ()
    for number, typed_buyer in enumerate(answers.get("buyers") or [None]):
        among = replace(context, other_buyers=buyers)
        buyers = (*buyers, accepted("buyers", typed_buyer, among, number).read(among))
    return holder, buyers
