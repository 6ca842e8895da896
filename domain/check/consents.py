"""The separate consents (单独同意): each asked once, in the product's own words, and the necessary ones given."""

from collections.abc import Iterator, Sequence

from domain.application import Consent
from domain.check.refusal import repeated
from domain.consent import text_digest
from domain.errors import Problem
from domain.product import ConsentText, Product


def check(consents: Sequence[Consent], product: Product) -> list[Problem]:
    """Return the problems of the consents; paths begin with the index in *consents*."""
    wordings = {wording.kind: wording for wording in product.consents}
    answered = {consent.kind for consent in consents}
    problems = [Problem("", "consent_missing", {"kind": kind}) for kind in wordings if kind not in answered]
    problems += repeated("", [consent.kind for consent in consents])
    for index, consent in enumerate(consents):
        problems += (problem.below(str(index)) for problem in _one(consent, wordings.get(consent.kind)))
    return problems


def _one(consent: Consent, wording: ConsentText | None) -> Iterator[Problem]:
    if wording is None:
        yield Problem("kind", "consent_unknown")
        return
    if consent.text_version != wording.version:
        yield Problem("text_version", "consent_version", {"expected": wording.version})
    elif consent.text_sha256 != text_digest(wording, consent.language):
        yield Problem("text_sha256", "consent_text")
    if wording.required and not consent.given:
        yield Problem("given", "consent_required")
