"""A whole application: every section, the product's rules, and what the application says of itself."""

from collections.abc import Iterator
from datetime import date

from domain.application import FORM_VERSION, Application
from domain.check import business, buyer, consents, cover, declarations, documents, policyholder, shape, texts
from domain.eligibility import assess, facts_of
from domain.errors import FieldError, Problem
from domain.product import Product
from domain.quote import quote
from domain.words import Standing


def check(application: Application, product: Product, today: date) -> list[Problem]:
    """Return all that stands in the way of submitting *application* under *product* on *today*."""
    problems = [*_sections(application, product, today), *_own(application, today)]
    seen = {problem.path for problem in problems}
    anywhere = [*texts.check(application), *shape.check(application)]
    problems += [problem for problem in anywhere if problem.path not in seen]
    problems += _eligibility(application, product)
    return problems or list(_price(application, product, today))


def _sections(application: Application, product: Product, today: date) -> Iterator[Problem]:
    holder = application.policyholder
    sections = {
        "policyholder": policyholder.check(holder, today),
        "buyers": buyer.check_all(application.buyers, holder, product, today),
        "business": business.check(application.business),
        "cover": cover.check(application.cover, product, today),
        "declarations": declarations.check(application.declarations),
        "consents": consents.check(application.consents, product),
        "documents": documents.check(application.documents, product),
    }
    for name, problems in sections.items():
        for problem in problems:
            yield problem.below(name)


def _own(application: Application, today: date) -> Iterator[Problem]:
    if application.form_version != FORM_VERSION:
        yield Problem("form_version", "form_version_other", {"expected": str(FORM_VERSION)})
    if application.applied_on and application.applied_on > today:
        yield Problem("applied_on", "date_future", {"today": today.isoformat()})


def _eligibility(application: Application, product: Product) -> Iterator[Problem]:
    found = assess(product, facts_of(application))
    if found.standing is Standing.REFER:
        yield Problem("eligibility", "eligibility_refer", {"rules": ", ".join(found.stated().rules)})
    if application.eligibility and application.eligibility != found.stated():
        yield Problem("eligibility", "eligibility_differs", {"expected": found.standing})


def _price(application: Application, product: Product, today: date) -> Iterator[Problem]:
    try:
        price = quote(product, application.policyholder, application.buyers, application.cover, today)
    except FieldError as error:
        yield error.problem("quote")
        return
    if application.quote and application.quote != price:
        payable = {"stated": str(application.quote.payable_fen), "expected": str(price.payable_fen)}
        yield Problem("quote", "quote_differs", payable)
