"""The one page of the trader's form: empty it is the same for everybody, so it is made once."""

import base64
from typing import Any

from flask import current_app, render_template

from domain.product import Product
from domain.region import COUNTIES, PREFECTURES
from domain.words import Language
from forms.referral import reasons
from forms.self_apply import by_the_trader
from forms.self_groups import Groups
from forms.step import Context
from forms.steps import STEPS
from i18n import current_language, gettext
from precompressed import Body
from store import installation
from store.clock import today
from views.apply.phone_words import phone_words
from views.apply.signing import receipt_key
from views.database import database
from views.draft.context import product_in_force

KEPT = 8
QUICK = 5


def context() -> Context:
    """Return what the checks need; raise Unavailable without a product in force."""
    return Context(today=today(), product=product_in_force(database()), start={})


def empty() -> Body:
    """Return the page nobody has answered yet, as it was made for the first who asked in this language."""
    here, product, language = installation.get(database()).stamp, context().product, current_language()
    pages: dict[Any, Body] = current_app.extensions.setdefault("apply", {})
    key = (language, here, product.id, product.version)
    if key not in pages:
        if len(pages) >= KEPT:
            pages.clear()
        groups = Groups(by_the_trader({}, language), context())
        pages[key] = Body(page(groups, "start", id="").encode())
    return pages[key]


def answered(groups: Groups, at: str, **more: Any) -> Body:
    """Return the page with what was typed, the group *at* shown; the review shows ``application`` as it will be."""
    return Body(page(groups, at, **more).encode(), QUICK)


def page(groups: Groups, at: str, **more: Any) -> str:
    """Return the whole form as HTML."""
    product, language = groups.context.product, current_language()
    return render_template(
        "apply/form.html", groups=groups.forms, at=at, product=product, wrong=list(groups.errors()),
        kind=groups.forms["start"].kind.data, refers=_refers(product), counties=_counties(),
        titles={step: gettext(title) for step, title in STEPS.items()},
        places={step: place for place, step in enumerate(STEPS, 1)},
        other=Language.CHINESE if language is Language.TIBETAN else Language.TIBETAN,
        key=base64.urlsafe_b64encode(receipt_key().public.raw).rstrip(b"=").decode(),
        phone_words=phone_words(), **more,
    )  # fmt: skip


def _refers(product: Product) -> dict[str, dict[str, str]]:
    by_field: dict[str, dict[str, str]] = {}
    for (field, value), why in reasons(product).items():
        by_field.setdefault(field, {})[value] = why
    return by_field


def _counties() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (gettext(name), [(county.code, gettext(county.name)) for county in COUNTIES if county.prefecture == code])
        for code, name in PREFECTURES.items()
    ]
