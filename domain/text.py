"""Text as people typed it, made one spelling (NFC); what cannot be seen or kept is refused, never dropped."""

import re
import unicodedata

from domain.characters import REFUSED_IN_TIBETAN, REPLACEMENT, fold, language, refuse, refuse_in_tibetan
from domain.errors import FieldError

MIDDLE_DOTS = dict.fromkeys(map(ord, "•‧・･∙⋅"), "·")
HYPHENS = re.compile(r"[\s\-‐‑‒–—−]")


def clean(text: str) -> str:
    """Return *text* in NFC, trimmed, with inner white space as single spaces; see ``characters.refuse``."""
    # Nothing to refuse is printable but the sign of damage, and asking character by character is slow.
    if not text.isprintable() or REPLACEMENT in text:
        for character in text:
            refuse(character)
    return " ".join(unicodedata.normalize("NFC", text).split())


def compact(text: str) -> str:
    """Return a typed number or code in ASCII capitals, without spaces and hyphens."""
    return HYPHENS.sub("", fold(clean(text))).upper()


def line(text: str, limit: int) -> str:
    """Return *text* cleaned and at most *limit* characters long; it may be empty."""
    cleaned = clean(text)
    if len(cleaned) > limit:
        raise FieldError("text_too_long", limit=str(limit), length=str(len(cleaned)))
    return cleaned


def name(text: str, limit: int = 60) -> str:
    """Return a full name (姓名或名称) with ``·`` as its only middle dot; it may not be empty."""
    cleaned = line(text, limit).translate(MIDDLE_DOTS)
    if not cleaned:
        raise FieldError("required")
    return cleaned


def tibetan_name(text: str, limit: int = 120) -> str:
    """Return an optional name in Tibetan script: Tibetan characters, tsheg and spaces only.

    Refuses the vowel signs that Unicode deprecates and syllables that begin with a sign.
    """
    cleaned = line(text, limit)
    if REFUSED_IN_TIBETAN.search(cleaned):
        for before, character in zip(" " + cleaned, cleaned, strict=False):
            refuse_in_tibetan(character, before)
    return cleaned


def runs(text: str) -> list[tuple[str, str]]:
    """Split *text* into (language, run) for ``lang``: "bo", "zh", or "" where neither script occurs at all.

    Digits, Latin and punctuation go with the run before them, at the start with the one after.
    """
    found: list[tuple[str, str]] = []
    for character in text:
        last, here = found[-1][0] if found else "", language(character)
        if found and (not here or not last or here == last):
            found[-1] = (last or here, found[-1][1] + character)
        else:
            found.append((here, character))
    return found


def undrawable(text: str, coverage: frozenset[int]) -> list[str]:
    """Return the characters of *text*, each once, that fonts with this *coverage* of code points cannot draw."""
    return [char for char in dict.fromkeys(text) if not char.isspace() and ord(char) not in coverage]
