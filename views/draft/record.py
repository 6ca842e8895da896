"""From a draft to the record: what each tier would cost, and the application as it will be submitted."""

from flask import g
from msgspec.structs import replace

from domain.application import Application, Buyer, Cover, Quote
from domain.complete import complete
from domain.quote import quote
from domain.reference import reference_for
from domain.words import Channel, Language
from forms.step import Context
from forms.steps import accepted, assemble, parties
from forms.unfinished import Unfinished
from store import applications, blanks, installation
from store.drafts import Draft
from views.database import database


def priced(kept: Draft, context: Context) -> tuple[tuple[Buyer, ...], dict[str, Quote]]:
    """Return the buyers and the quote of every tier; raise Unfinished."""
    holder, buyers = parties(kept.answers, context)
    covers = [Cover(product=context.product.id, version=context.product.version, tier=tier.code)
              for tier in context.product.tiers]  # fmt: skip
    return buyers, {cover.tier: quote(context.product, holder, buyers, cover, context.today) for cover in covers}


def premium(kept: Draft, context: Context) -> Quote | None:
    """Return the quote of the tier that was chosen, or None while one cannot be made."""
    try:
        return priced(kept, context)[1][accepted("cover", kept.answers.get("cover"), context).data["tier"]]
    except Unfinished:
        return None


def completed(kept: Draft, context: Context) -> Application:
    """Return the application as it will be submitted; raise Unfinished at the step that does not hold."""
    point = installation.get(database()).stamp
    if kept.revises:
        reference = str(applications.read(database(), kept.id).reference)
    else:
        reference = blanks.reference_of(database(), kept.id) or reference_for(kept.id, point.code, context.today.year)
    application = _application(kept, context)
    return complete(application, context.product, point, kept.id, reference, g.staff.name, context.today)


def _application(kept: Draft, context: Context) -> Application:
    """What came from a trader's phone keeps its channel and the language it was filled in."""
    application = assemble(kept.answers, context, Channel(kept.answers.get("channel", Channel.COUNTER)))
    return replace(application, language=Language(kept.answers.get("language", application.language)))
