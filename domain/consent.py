"""Answers to the product's consent texts (单独同意), each bound to the very words that were read."""

from functools import lru_cache

from domain.application import Consent
from domain.canonical import digest
from domain.product import ConsentText
from domain.words import Language


def answer(wording: ConsentText, given: bool, language: Language) -> Consent:
    """Return what was answered to *wording* when it was read in *language*."""
    return Consent(
        kind=wording.kind,
        given=given,
        text_version=wording.version,
        text_sha256=text_digest(wording, language),
        language=language,
    )


@lru_cache(maxsize=64)
def text_digest(wording: ConsentText, language: Language) -> str:
    """Return the SHA-256 of the wording in *language*, UTF-8, in hexadecimal."""
    text = wording.text.bo if language is Language.TIBETAN else wording.text.zh
    return digest(text.encode())
